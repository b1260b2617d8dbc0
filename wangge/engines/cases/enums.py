"""The words a procedure is written in: who does a step, what it needs, who is told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Who may take a step, seen from the case."""

    WORKER = "worker", _("网格员")
    COMMUNITY = "community", _("村居")
    STREET = "street", _("镇街")
    DISTRICT = "district", _("区中心")
    UNIT = "unit", _("处置单位")
    REPORTER = "reporter", _("上报人")
    LAUNCHER = "launcher", _("发起人")
    CLOCK = "clock", _("到时自动")


class Need(models.TextChoices):
    """What must come with a step."""

    WORDS = "words", _("说明")
    REASON = "reason", _("原因")
    PHOTO = "photo", _("照片")
    PHOTO_AFTER = "photo_after", _("处理后照片")
    UNIT = "unit", _("处置单位")
    LEVEL = "level", _("级别")
    AREA = "area", _("辖区")
    PLACE = "place", _("位置")
    UNTIL = "until", _("期限")
    CASE = "case", _("另一件事项")
    RATING = "rating", _("评价")


class Told(models.TextChoices):
    """Who is told of a step, or of a clock that has run out."""

    REPORTER = "reporter", _("上报人")
    LAUNCHER = "launcher", _("发起人")
    WORKER = "worker", _("网格员")
    UNIT = "unit", _("处置单位")
    COMMUNITY = "community", _("村居")
    STREET = "street", _("镇街")
    DISTRICT = "district", _("区中心")
    LEADER = "leader", _("分管领导")
    AUTHORITY = "authority", _("主管部门")
