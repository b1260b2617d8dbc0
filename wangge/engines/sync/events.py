"""What this app's events are called."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "phone.registered": _("登记工作手机"),
    "phone.revoked": _("停用工作手机"),
    "phone.wiped": _("清除工作手机资料"),
    "operation.rejected": _("退回手机记录"),
    "operations.forgotten": _("清空三年前的手机记录"),
    "operation.retried": _("重新处理手机记录"),
}
