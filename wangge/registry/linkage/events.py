"""What this app's events are called."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "linkage.requested": _("请求比对全册"),
    "linkage.done": _("比对全册完成"),
    "linkage.failed": _("比对全册没有完成"),
    "pair.settled": _("核对是否同一人"),
    "pair.reopened": _("撤销核对结论"),
}
