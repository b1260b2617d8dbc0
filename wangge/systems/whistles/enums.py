"""Words of whistles that the database holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _

SYSTEM = "whistles"  # under which cases are kept
CLOCKS = ("sign", "contact", "arrive")  # what every unit that is called does, in this order


class Kind(models.TextChoices):
    """What may be whistled for (spec 3.5, Beijing)."""

    KEY_PROBLEM = "key_problem", _("镇街解决不了的重点难题")
    JOINT = "joint_enforcement", _("需要联合执法")
    EMERGENCY = "emergency_call", _("应急处置")


class What(models.TextChoices):
    """What a unit that is called says of itself."""

    SIGN = "sign", _("签收")
    CONTACT = "contact", _("联系社区")
    ARRIVE = "arrive", _("到场报到")
    OBJECT = "object", _("不属本单位，退回")


class Ending(models.TextChoices):
    """Why a call ended before the whistle did."""

    OBJECTED = "objected", _("单位退回")
    WITHDRAWN = "withdrawn", _("哨已撤回")
    REPLACED = "replaced", _("改叫别的单位")


class Side(models.TextChoices):
    """Which way a figure is out of its bounds."""

    HIGH = "high", _("吹哨率偏高")
    LOW = "low", _("吹哨率偏低")
    LATE = "late", _("部门经常迟到")
