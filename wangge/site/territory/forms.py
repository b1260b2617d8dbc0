"""What the territory's pages accept."""

from __future__ import annotations

from typing import Any

import shapely
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.foundation.territory.geometry import cuts
from wangge.foundation.territory.models import Area

LARGEST_FILE = 64 * 1024 * 1024


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "form-control"})


def _text(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.TextInput(attrs={"class": "form-control"}), **options)


def _number(low: float, high: float, label: Any) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"class": "form-control", "step": "any"})
    return forms.FloatField(required=False, min_value=low, max_value=high, label=label, widget=widget)


class DescribeForm(forms.Form):
    """A grid's name, party organisation and remark."""

    name = _text(label=_("网格名称"), max_length=80)
    party_group = _text(label=_("网格党组织"), max_length=80, required=False)
    note = _text(label=_("备注"), max_length=200, required=False)


class _Change(forms.Form):
    on = forms.DateField(label=_("生效日期"), widget=Day(), initial=timezone.localdate)
    reason = _text(label=_("调整依据"), max_length=200, required=False)


class SplitForm(_Change):
    """Where to cut: two points on the map, or a bearing that halves the area."""

    x1, x2 = _number(73, 136, _("起点经度")), _number(73, 136, _("终点经度"))
    y1, y2 = _number(3, 54, _("起点纬度")), _number(3, 54, _("终点纬度"))
    bearing = _number(0, 360, _("切分方向（度，正北为 0，顺时针）"))
    names = _text(label=_("新网格名称（用顿号隔开，可不填）"), max_length=300, required=False)
    field_order = ("bearing", "x1", "y1", "x2", "y2", "names", "on", "reason")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ends = [cleaned.get(key) for key in ("x1", "y1", "x2", "y2")]
        if cleaned.get("bearing") is None and None in ends:
            raise forms.ValidationError(_("请在地图上点两下画出切分线，或填写切分方向。"))
        return cleaned

    def line(self, shape: shapely.Geometry) -> shapely.LineString:
        """The line asked for, long enough to cross the grid; points win over a bearing."""
        data = self.cleaned_data
        ends = [data[key] for key in ("x1", "y1", "x2", "y2") if data.get(key) is not None]
        if len(ends) < 4:
            return cuts.bearing_line(shape, data["bearing"])
        return cuts.through((ends[0], ends[1]), (ends[2], ends[3]), shape)

    def new_names(self) -> list[str]:
        text = self.cleaned_data["names"].replace(",", "、").replace("，", "、")
        return [name.strip() for name in text.split("、")] if text.strip() else []


class BorderForm(_Change):
    """Where the border between two grids runs: over points, or around the buildings that change sides."""

    points = forms.CharField(
        label=_("新边界经过的点（每行一个：经度,纬度）"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 4, "data-points": ""}),
        help_text=_("在图上依次点出折线，或直接填写；两端会自动延长到范围之外。"),
    )
    buildings = forms.MultipleChoiceField(
        label=_("或者：选择要划到对面的楼栋"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("points", "buildings", "on", "reason")

    def __init__(
        self, *args: Any, buildings: list[tuple[Any, str]], names: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.standing = buildings
        groups: dict[str, list[tuple[str, str]]] = {name: [] for name in names.values()}
        for building, grid in buildings:
            groups[names[grid]].append((str(building.pk), building.name))
        self.fields["buildings"].choices = [(name, rows) for name, rows in groups.items() if rows]  # type: ignore[attr-defined]

    def clean_points(self) -> list[tuple[float, float]]:
        lines = [line for line in self.cleaned_data["points"].splitlines() if line.strip()]
        return [self._point(at, line) for at, line in enumerate(lines, start=1)]

    def _point(self, at: int, line: str) -> tuple[float, float]:
        try:
            x, y = (float(part) for part in line.replace("，", ",").split(","))
        except ValueError as error:
            raise forms.ValidationError(_("第 %(at)d 行不是“经度,纬度”。") % {"at": at}) from error
        if not (73 <= x <= 136 and 3 <= y <= 54):
            raise forms.ValidationError(_("第 %(at)d 行不在中国境内；应先经度后纬度。") % {"at": at})
        return x, y

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        points, chosen = cleaned.get("points"), cleaned.get("buildings")
        if points is not None and chosen is not None:
            if not points and not chosen:
                raise forms.ValidationError(_("请画出新边界，或选择要划到对面的楼栋。"))
            if points and chosen:
                raise forms.ValidationError(_("画线和选楼栋只能用一种；请清空其中一种。"))
            if len(points) == 1:
                raise forms.ValidationError(_("一条边界至少要两个点。"))
        return cleaned

    def choice(self) -> tuple[list[tuple[float, float]], list[bool]]:
        """The places of all buildings, and for each whether it goes to the other side."""
        chosen = set(self.cleaned_data["buildings"])
        places = [(building.lon, building.lat) for building, _grid in self.standing]
        return places, [str(building.pk) in chosen for building, _grid in self.standing]


class MergeForm(_Change):
    """Which grids of a community become one, and what it is called."""

    grids = forms.ModelMultipleChoiceField(
        Area._base_manager.none(),
        label=_("要合并的网格"),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )
    into_name = _text(label=_("合并后的名称（可不填）"), max_length=80, required=False)
    field_order = ("grids", "into_name", "on", "reason")

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grids"].queryset = choices  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A GeoJSON file and what its coordinates mean."""

    file = forms.FileField(
        label=_("GeoJSON 文件"),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".geojson,.json"}),
    )
    system = forms.ChoiceField(
        label=_("坐标系"),
        choices=[
            ("wgs84", _("WGS-84 / CGCS2000")),
            ("gcj02", _("GCJ-02（高德、腾讯）")),
            ("bd09", _("BD-09（百度）")),
        ],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    on = forms.DateField(label=_("生效日期"), widget=Day(), initial=timezone.localdate)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("文件超过 64 MB；请按镇街分开导入。"))
        return file
