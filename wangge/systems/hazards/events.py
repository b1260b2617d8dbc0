"""What this app's events are called. The README says who may listen to which."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "hazard.inspected": _("隐患检查"),
    "hazard.major_told": _("重大隐患告知主管部门"),
    "hazard.notice_issued": _("发出整改通知书"),
    "hazard.profile_kept": _("更新消防档案"),
    "hazard.drive_started": _("启动隐患专项行动"),
    "hazard.drive_ended": _("结束隐患专项行动"),
    "hazard.link_issued": _("发放单位自查码"),
    "hazard.link_revoked": _("作废单位自查码"),
    "hazard.pledged": _("单位签承诺书"),
    "hazard.forgotten": _("清除到期的检查和承诺书"),
    "hazard.reminder_requested": _("催单位自查"),
}
