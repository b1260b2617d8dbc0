"""What this app's events are called; they name counts and states, never a row of a list."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "exchange.requested": _("申请数据共享"),
    "exchange.approved": _("同意数据共享"),
    "exchange.declined": _("不同意数据共享"),
    "exchange.delivered": _("比对共享名单"),
    "exchange.ended": _("结束数据共享"),
    "exchange.forgotten": _("清除到期的共享记录"),
}
