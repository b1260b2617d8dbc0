"""Areas by official code, the shapes of grids with their dates, and a district's settings."""

from __future__ import annotations

import datetime

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wangge.foundation.territory.enums import ChangeKind, DayKind, GridKind, Level
from wangge.lib.scoping import Scoped

CODE = RegexValidator(r"^\d{12}(\d{3})?$", _("区划代码应为 12 位数字，网格代码应为 15 位数字。"))
ALWAYS = datetime.date(2000, 1, 1)  # areas that were there before anybody recorded a date


def valid_on(day: datetime.date, path: str = "") -> Q:
    """Rows in force on ``day``: from ``valid_from`` on, up to but without ``valid_to``.

    Args:
        path: the relation to walk first, such as ``"grid__"``.
    """
    begun = Q(**{f"{path}valid_from__lte": day})
    return begun & (Q(**{f"{path}valid_to": None}) | Q(**{f"{path}valid_to__gt": day}))


class Dated(models.Model):
    """In force from ``valid_from`` up to but without ``valid_to``; open when that is empty."""

    valid_from = models.DateField(_("启用日期"), default=ALWAYS)
    valid_to = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        abstract = True

    def in_force(self, day: datetime.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Area(Scoped, Dated):
    """A district, town, community or grid (spec §3.2). A code is never used twice."""

    personal: dict[str, tuple[str, str]] = {}

    area_lookup = "code"

    code = models.CharField(_("代码"), max_length=15, primary_key=True, validators=[CODE])
    level = models.CharField(_("层级"), max_length=9, choices=Level)
    name = models.CharField(_("名称"), max_length=80)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("上级"), null=True, blank=True, related_name="children"
    )
    category = models.CharField(_("城乡分类代码"), max_length=3, blank=True)
    kind = models.CharField(_("网格类型"), max_length=7, choices=GridKind, blank=True)
    party_group = models.CharField(_("网格党组织"), max_length=80, blank=True)  # S60 支部建在网格
    demo = models.BooleanField(_("演示数据"), default=False)
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("区域")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="area_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(level=Level.GRID, kind__in=GridKind.values) | (~Q(level=Level.GRID) & Q(kind="")),
                name="area_only_grids_have_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GridShape(Scoped, Dated):
    """One grid's polygon for a time: GeoJSON text, WGS-84, longitude first."""

    personal: dict[str, tuple[str, str]] = {}

    area_lookup = "grid_id"

    grid = models.ForeignKey(Area, models.PROTECT, verbose_name=_("网格"), related_name="shapes")
    polygon = models.TextField(_("图形"))
    area_m2 = models.FloatField(_("面积（平方米）"))
    demo = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        ordering = ["grid_id", "valid_from"]
        verbose_name = _("网格图形")
        constraints = [
            models.UniqueConstraint(
                fields=["grid"], condition=Q(valid_to=None), name="gridshape_one_open_per_grid"
            ),
        ]


class Outline(Scoped, Dated):
    """The border of a community, which its grids must keep inside."""

    personal: dict[str, tuple[str, str]] = {}

    area_lookup = "area_id"

    area = models.ForeignKey(Area, models.PROTECT, verbose_name=_("区域"), related_name="outlines")
    polygon = models.TextField(_("图形"))
    demo = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        ordering = ["area_id", "valid_from"]
        verbose_name = _("区域边界")
        constraints = [
            models.UniqueConstraint(
                fields=["area"], condition=Q(valid_to=None), name="outline_one_open_per_area"
            ),
        ]


class AreaChange(Scoped):
    """What became of which grids on a day: the history of codes (spec §3.2)."""

    personal: dict[str, tuple[str, str]] = {
        "actor": ("account name of who changed the division; to answer for it", "as long as the trail")
    }

    area_code = models.CharField(_("所属区域"), max_length=15)
    kind = models.CharField(_("类型"), max_length=6, choices=ChangeKind)
    on = models.DateField(_("生效日期"))
    from_codes = models.JSONField(_("原代码"))
    to_codes = models.JSONField(_("新代码"))
    recorded_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    actor = models.CharField(_("办理人"), max_length=150)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        ordering = ["on", "id"]
        verbose_name = _("区划变更")
        indexes = [models.Index(fields=["area_code", "on"], name="areachange_area_on")]


class ShapeVersion(models.Model):
    """One row with a fresh token after every change of shapes, so that caches know when to let go.

    A token and not a counter: a rolled-back number would come again for other shapes.
    """

    personal: dict[str, tuple[str, str]] = {}

    token = models.CharField(max_length=32)


class CalendarDay(models.Model):
    """A public holiday, or a weekend day worked instead."""

    personal: dict[str, tuple[str, str]] = {}

    date = models.DateField(_("日期"), primary_key=True)
    kind = models.CharField(_("类型"), max_length=7, choices=DayKind)
    title = models.CharField(_("名称"), max_length=40, blank=True)

    class Meta:
        ordering = ["date"]
        verbose_name = _("日历")


class Setting(models.Model):
    """A term, limit or code list of the district, in force from a day on (S172)."""

    personal: dict[str, tuple[str, str]] = {}

    key = models.CharField(_("键"), max_length=80)
    value = models.JSONField(_("值"))
    valid_from = models.DateField(_("启用日期"), default=ALWAYS)
    note = models.CharField(_("说明"), max_length=200, blank=True)  # 示例 or 待配置 where nothing is official

    class Meta:
        ordering = ["key", "valid_from"]
        verbose_name = _("区县参数")
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="setting_key_from_a_day")]
