"""What an API client may do, and where a webhook's message stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One right of a client. Reads give masked values only."""

    AREAS_READ = "areas.read", _("读取区域")
    CODES_READ = "codes.read", _("读取报备码")
    DECLARATIONS_READ = "declarations.read", _("读取报备（遮盖）")
    DECLARATIONS_WRITE = "declarations.write", _("写入报备")
    FORMS_READ = "forms.read", _("读取表单答案（遮盖）")
    GROUPS_READ = "groups.read", _("读取团体码（遮盖）")
    REQUESTS_READ = "requests.read", _("读取事件和诉求（Open311）")
    REQUESTS_WRITE = "requests.write", _("报送事件和诉求（Open311）")
    STATUSES_READ = "statuses.read", _("读取粤居码状态（只有人数）")


class SendingState(models.TextChoices):
    """A message to a client's address."""

    WAITING = "waiting", _("待发送")
    DONE = "done", _("已送达")
    FAILED = "failed", _("未送达")
    STOPPED = "stopped", _("已停发")


# Why a message did not arrive: a code in the row, words on the page. The receiver's answer is never kept.
FAULTS = {
    "answer": _("对方没有回答 2xx"),
    "refused_address": _("地址不允许：内网地址须由管理员列入允许的网段"),
    "unknown_host": _("找不到这个主机名"),
    "timeout": _("对方超时没有回答"),
    "tls": _("对方的证书不可信"),
    "unreachable": _("连不上对方"),
}
