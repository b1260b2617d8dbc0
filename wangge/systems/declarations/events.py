"""What this app's events are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, str | Promise] = {
    "code.made": _("制作报备码"),
    "code.renewed": _("换发报备码"),
    "code.revoked": _("停用报备码"),
    "code.posters_requested": _("请求制作报备码海报"),
    "code.printed": _("打印报备码"),
    "declaration.submitted": _("收到报备"),
    "declaration.matched": _("比对报备"),
    "declaration.divided": _("报备和报备码随网格调整"),
    "declaration.decided": _("核实报备"),
    "declaration.reopened": _("撤销核实结论"),
    "declaration.called": _("电话联系报备人"),
    "declaration.visited": _("上门未遇"),
    "declaration.transferred": _("转办报备"),
    "declaration.taken": _("接收转办的报备"),
    "declaration.address_taken": _("按报备变更住址"),
    "declaration.address_kept": _("住址维持原登记"),
    "declaration.corrected": _("更正报备"),
    "declaration.ended": _("报备到期解除"),
    "declaration.archived": _("报备归档并清除个人信息"),
    "declaration.revealed": _("查看报备的完整信息"),
    "declaration.exported": _("导出报备"),
    "declaration.withdrawn": _("本人撤回报备"),
    "residence_code.marked": _("标记粤居码状态"),
    "residence_code.compared": _("与公安名单比对"),
}
