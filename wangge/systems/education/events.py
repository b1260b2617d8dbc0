"""What this app's events are called. They name counts and days, never words of a session."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "education.planned": _("计划宣教活动"),
    "education.changed": _("修改宣教活动的计划"),
    "education.held": _("记下宣教活动办成"),
    "education.corrected": _("更正宣教活动的记录"),
    "education.cancelled": _("取消宣教活动"),
    "education.forgotten": _("清除到期的宣教备注"),
    "education.material_added": _("登记宣传资料"),
    "education.material_withdrawn": _("停用宣传资料"),
}
