"""What this app's events are called, and which events of others a client may be told of."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

KINDS = {
    "client.made": _("新建接口客户端"),
    "client.changed": _("修改接口客户端"),
    "client.revoked": _("停用接口客户端"),
    "client.key_given": _("发放接口密钥"),
    "client.key_ended": _("作废接口密钥"),
    "webhook.made": _("新建事件推送"),
    "webhook.secret_given": _("更换推送签名密钥"),
    "webhook.stopped": _("停止事件推送"),
    "webhook.resent": _("重发推送"),
}
_offered: dict[str, str] = {}


def offer(kinds: Mapping[str, str]) -> None:
    """Let clients subscribe to these kinds of events; each names the scope a client needs for it."""
    _offered.update(kinds)


def offered() -> dict[str, str]:
    """Kind of event -> scope."""
    return dict(_offered)
