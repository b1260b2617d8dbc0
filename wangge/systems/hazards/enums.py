"""Words of hazards that the database holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _

SYSTEM = "hazards"  # under which cases are kept
CHECKLIST = "hazard_"  # how the form_id of a checklist begins


class Kind(models.TextChoices):
    """What a hazard is about: by the checklist it was found with (spec 2.8)."""

    RENTAL = "rental", _("出租屋、自建房")
    GAS = "gas", _("燃气")
    HIGH_RISE = "high_rise", _("高层住宅")
    NINE_SMALL = "nine_small", _("九小场所")
    FIRM = "firm", _("企业")
    OTHER = "other", _("其他")


class Level(models.TextChoices):
    """How bad it is; the procedure says what each means."""

    GENERAL = "general", _("一般隐患")
    LARGER = "larger", _("较大隐患")
    MAJOR = "major", _("重大隐患")


class Outcome(models.TextChoices):
    """What was found of an item."""

    GOOD = "good", _("正常")
    BAD = "bad", _("隐患")
    FIXED = "fixed", _("现场改好")
    NONE = "none", _("不涉及")


class By(models.TextChoices):
    """Who looked."""

    WORKER = "worker", _("上门检查")
    PHONE = "phone", _("手机表单")
    SELF = "self", _("单位自查")


class Target(models.TextChoices):
    """What a special action goes to."""

    BUILDINGS = "buildings", _("全部楼栋")
    HIGH_RISE = "high_rise", _("高层楼栋")
    RENTED = "rented", _("有出租屋的楼栋")
    ORGANISATIONS = "organisations", _("企业和场所")


class DriveState(models.TextChoices):
    RUNNING = "running", _("进行中")
    CLOSED = "closed", _("已结束")
