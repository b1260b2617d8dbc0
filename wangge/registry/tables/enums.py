"""What a department asks for, and where it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    """What one row of a table speaks of."""

    PERSON = "person", _("一人一行")
    HOUSEHOLD = "household", _("一户一行")
    ROOM = "room", _("一房一行")
    BUILDING = "building", _("一栋一行")
    ORGANISATION = "organisation", _("一个单位一行")


class Frequency(models.TextChoices):
    """How often the department wants it."""

    ONCE = "once", _("一次")
    WEEKLY = "weekly", _("每周")
    MONTHLY = "monthly", _("每月")
    QUARTERLY = "quarterly", _("每季度")
    HALF_YEARLY = "half_yearly", _("每半年")
    YEARLY = "yearly", _("每年")


class RequestState(models.TextChoices):
    """Where a request stands."""

    ASKING = "asking", _("待确认列")
    READY = "ready", _("可以填表")
    FILLED = "filled", _("已填好")
    CLOSED = "closed", _("已结束")


class FillState(models.TextChoices):
    """Where one filling stands. ``writing`` survives a kill: it is written anew."""

    WAITING = "waiting", _("排队中")
    WRITING = "writing", _("正在填")
    DONE = "done", _("可以下载")
    FAILED = "failed", _("没有填成")
    EXPIRED = "expired", _("文件已删除")


class ColumnState(models.TextChoices):
    """What the register can do for one column."""

    KNOWN = "known", _("登记册里有")
    DERIVABLE = "derivable", _("可以算出")
    ASKED = "asked", _("请确认")
    NEW = "new", _("登记册没有")


class Ruling(models.TextChoices):
    """What the district decided about a column the register does not know."""

    WAITING = "waiting", _("待准入")
    ADMITTED = "admitted", _("已准入")
    MAPPED = "mapped", _("对应已有项")
    DECLINED = "declined", _("不予准入")
