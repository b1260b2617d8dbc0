"""What this app's events are called. The README says who may listen to which."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "group.created": _("创建团体"),
    "group.activated": _("启用团体"),
    "group.invited": _("发出团体邀请"),
    "group.member_joined": _("加入团体"),
    "group.member_left": _("退出团体"),
    "group.member_removed": _("移出团体"),
    "group.member_matched": _("团体成员对应登记册"),
    "group.leave_applied": _("申请退出团体"),
    "group.leave_refused": _("不同意退出团体"),
    "group.admin_made": _("设为团体管理员"),
    "group.admin_removed": _("取消团体管理员"),
    "group.handed_over": _("移交团体创建人"),
    "group.organisation_linked": _("团体对应登记单位"),
    "group.reconciled": _("花名册比对"),
    "group.exported": _("导出团体名单"),
    "group.rule_set": _("设定团体要求"),
    "group.rule_removed": _("取消团体要求"),
    "group.reminder_requested": _("提醒团体成员"),
    "group.dissolve_requested": _("申请解散团体"),
    "group.dissolution_told": _("告知成员团体将解散"),
    "group.dissolve_withdrawn": _("撤回解散团体"),
    "group.dissolved": _("解散团体"),
    "group.erased": _("销毁团体资料"),
}
