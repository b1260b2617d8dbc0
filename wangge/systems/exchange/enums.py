"""States of a request, what may be compared, and what a row of a list is told."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    ASKED = "asked", _("待审批")
    APPROVED = "approved", _("已同意")
    DECLINED = "declined", _("未同意")
    DELIVERED = "delivered", _("已比对")
    ENDED = "ended", _("已结束")
    EXPIRED = "expired", _("已到期")
    WITHDRAWN = "withdrawn", _("已撤回")


READY = (State.APPROVED, State.DELIVERED)  # a list may be compared
OPEN = (State.ASKED, *READY)
OVER = (State.DECLINED, State.ENDED, State.EXPIRED, State.WITHDRAWN)


class Field(models.TextChoices):
    """Facts of the dictionary that a list may be compared in, besides the id number."""

    NAME = "name", _("姓名")
    PHONE = "phone", _("联系电话")
    CODE = "residence_code_status", _("粤居码状态")


class Flag(models.TextChoices):
    """All that a row of a list is answered."""

    HERE = "here", _("在册")
    DIFFERS = "differs", _("信息不一致")
    ABSENT = "absent", _("不在册")
    INVALID = "invalid", _("证件号无效")
