"""The fire profile as it is written down."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.registry.people.models import Building

from ..models import FireProfile

YES_NO = ((None, gettext_lazy("不清楚")), (True, gettext_lazy("是")), (False, gettext_lazy("否")))
LINE = re.compile(r"^\s*(\S{1,10})\s*(?:层|楼|F)?\s*[:：，, ]\s*(\d{1,3})\s*(?:人)?\s*$")
Date = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _number(label: Any, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most)


def _whether(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, required=False, choices=YES_NO, empty_value=None,
        coerce=lambda told: {"True": True, "False": False}.get(str(told)),
    )  # fmt: skip


class ProfileForm(forms.Form):
    """What is left open is not known."""

    floors = _number(gettext_lazy("楼层数"), 150)
    stairs = _number(gettext_lazy("疏散楼梯（部）"), 50)
    lifts = _number(gettext_lazy("电梯（部）"), 100)
    refuge_floors = forms.CharField(label=gettext_lazy("避难层在几层"), required=False, max_length=60)
    hydrants = _number(gettext_lazy("消火栓（个）"), 2000)
    sprinkler = _whether(gettext_lazy("有自动喷淋"))
    alarm = _whether(gettext_lazy("有火灾自动报警"))
    control_room = _whether(gettext_lazy("有消防控制室"))
    staffed = _whether(gettext_lazy("控制室两人持证值班"))
    lane_clear = _whether(gettext_lazy("消防车道畅通"))
    drilled_on = forms.DateField(label=gettext_lazy("上次演练"), required=False, widget=Date)
    limited = forms.CharField(
        label=gettext_lazy("行动不便人数（按层）"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("一行一层，如“3：2”，表示 3 层有 2 人需要帮助。只写人数，不写姓名。"),
    )  # fmt: skip
    words = forms.CharField(label=gettext_lazy("备注"), required=False, max_length=300)

    def __init__(self, row: FireProfile | None, building: Building, data: Any = None) -> None:
        initial = {name: getattr(row, name) for name in self.base_fields if row} or {
            "floors": building.floors
        }
        initial["limited"] = "\n".join(
            f"{floor}：{number}" for floor, number in (row.limited if row else {}).items()
        )
        super().__init__(data, initial=initial)

    def clean_limited(self) -> dict[str, int]:
        """Floor -> how many."""
        found: dict[str, int] = {}
        for line in self.cleaned_data["limited"].splitlines():
            if not line.strip():
                continue
            told = LINE.match(line)
            if told is None:
                raise ValidationError(
                    _("“%(line)s”看不懂，请写成“3：2”（3 层 2 人）。") % {"line": line.strip()[:20]}
                )
            found[told[1].removesuffix("层").removesuffix("楼")] = int(told[2])
        return found

    def facts(self) -> dict[str, Any]:
        """Columns of the profile."""
        return dict(self.cleaned_data)
