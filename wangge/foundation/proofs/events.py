"""What this app's events are called."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "proof.requested": _("请求手机验证码"),
    "proof.given": _("手机验证通过"),
}
