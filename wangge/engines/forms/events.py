"""What this engine records."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, str | Promise] = {
    "form.uploaded": _("上传表单"),
    "form.published": _("发布表单"),
    "form.bound": _("题目对应事实"),
    "form.retired": _("停用表单"),
    "form.device_added": _("添加填表设备"),
    "form.device_revoked": _("停用填表设备"),
    "form.answered": _("收到表单答案"),
    "form.written": _("答案写回登记册"),
    "form.forgotten": _("清空三年前的答案"),
}
