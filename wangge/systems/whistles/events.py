"""What this app's events are called. The README says who may listen to which."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "whistle.asked": _("巡查时请求吹哨"),
    "whistle.put_aside": _("不吹哨"),
    "whistle.forgotten": _("清除到期的吹哨请求"),
    "whistle.blown": _("吹哨"),
    "whistle.called": _("叫单位到场"),
    "whistle.reported": _("单位报到"),
    "whistle.far": _("到场位置离现场远"),
    "whistle.late": _("协办单位超时"),
    "whistle.scored": _("评价到场单位"),
    "whistle.alerted": _("吹哨率预警"),
}
