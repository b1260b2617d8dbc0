"""Closed lists of the territory."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """The four levels a district is worked on (spec 2, 四级平台)."""

    DISTRICT = "district", _("区县")
    TOWN = "town", _("镇街")
    COMMUNITY = "community", _("村社区")
    GRID = "grid", _("网格")


class GridKind(models.TextChoices):
    """Kinds of grids (spec §3.1): general ones cover the ground, special ones a park, school or market."""

    GENERAL = "general", _("综合网格")
    SPECIAL = "special", _("专属网格")


class ChangeKind(models.TextChoices):
    """How grids turn into others."""

    SPLIT = "split", _("拆分")
    MERGE = "merge", _("合并")
    BORDER = "border", _("边界调整")


class DayKind(models.TextChoices):
    """A day that differs from its weekday (State Council's yearly notice)."""

    HOLIDAY = "holiday", _("放假")
    WORKDAY = "workday", _("调休上班")
