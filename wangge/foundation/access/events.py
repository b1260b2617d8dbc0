"""What this app's events are called."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "user.created": _("新建用户"),
    "user.edited": _("修改用户"),
    "user.deactivated": _("停用用户"),
    "user.reactivated": _("启用用户"),
    "user.password_reset": _("重置密码"),
    "user.password_changed": _("修改密码"),
    "user.factor_removed": _("解除二次验证"),
    "user.signed_in": _("登录"),
    "session.revoked": _("退出设备"),
    "grant.given": _("授权"),
    "grant.ended": _("收回授权"),
    "person.revealed": _("查看完整信息"),
    "organisation.revealed": _("查看单位的完整电话"),
}
