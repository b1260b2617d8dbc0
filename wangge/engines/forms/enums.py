"""Where a version of a form stands, and each of its questions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """A draft is looked at, a published version is given out, a retired one keeps its answers."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    RETIRED = "retired", _("已停用")


class Standing(models.TextChoices):
    """What was decided about a question: no answer is kept as a fact by chance."""

    BOUND = "bound", _("对应事实")
    OWN = "own", _("只留在表单")
    SILENT = "silent", _("不是事实")  # notes, photos, places, calculations
    ASKED = "asked", _("等区里裁定")
    DECLINED = "declined", _("不予准入")
    UNDECIDED = "undecided", _("还没决定")


class Cannot(models.TextChoices):
    """Why an answer could not be given (``front/src/forms/waived.js``)."""

    DENIED = "denied", _("手机不许定位")
    NO_SIGNAL = "no_signal", _("收不到定位信号")
    TOO_LONG = "too_long", _("半分钟内没有定到位置")
    UNSUPPORTED = "unsupported", _("这部手机不能答这种题")
