"""What this app's events are called. The README says who may listen to which."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "case.opened": _("登记事项"),
    "case.step": _("事项进展"),
    "case.closed": _("事项办结"),
    "case.opened_again": _("事项重新办理"),
    "case.warned": _("事项快到期"),
    "case.late": _("事项超时"),
    "case.merged": _("并入另一事项"),
    "case.split": _("拆出事项"),
    "case.moved": _("事项随网格调整"),
    "case.revealed": _("查看事项的完整信息"),
    "case.exported": _("导出事项清单"),
    "case.bundled": _("下载证据包"),
    "case.forgotten": _("清除过期事项"),
    "procedure.loaded": _("装入规程"),
    "procedure.dropped": _("撤下规程"),
    "unit.changed": _("修改处置单位"),
    "unit.staffed": _("调整单位人员"),
    "unit.rostered": _("排班"),
}
