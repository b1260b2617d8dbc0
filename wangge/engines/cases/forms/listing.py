"""What the list of cases is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..kinds import systems
from ..queries.choices import all_area_choices, grid_choice, unit_names
from ..queries.listing import SHOWS, Wanted, kinds_known, levels_known, states_known

FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)  # what lies beyond is mistyped
ANY = [("", _("全部"))]


class CaseFilter(forms.Form):
    """The filters; what cannot be is left out instead of refused."""

    q = forms.CharField(required=False, max_length=60, label=_("编号或文字"))
    system = forms.ChoiceField(required=False, label=_("来自"))
    kind = forms.ChoiceField(required=False, label=_("类别"))
    state = forms.ChoiceField(required=False, label=_("状态"))
    level = forms.ChoiceField(required=False, label=_("等级"))
    area = forms.ChoiceField(required=False, label=_("区域"))
    unit = forms.ChoiceField(required=False, label=_("处置单位"))
    since = forms.DateField(required=False, label=_("登记从"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, label=_("到"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        told: dict[str, list[Any]] = {
            "system": [(each.key, each.name) for each in systems()],
            "kind": kinds_known(self.data.get("system", "")), "state": states_known(),
            "level": levels_known(), "area": [*all_area_choices(), *grid_choice(self.data.get("area", ""))],
            "unit": [("none", _("还没有派给单位")), *unit_names()],
        }  # fmt: skip
        for name, choices in told.items():
            self.fields[name].choices = [*ANY, *choices]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """The filters that make sense."""
        self.is_valid()
        told = {name: value for name, value in self.cleaned_data.items() if value}
        days = {
            name: told[name] for name in ("since", "until") if name in told and FIRST <= told[name] < LAST
        }
        plain = {name: told.get(name, "") for name in ("system", "kind", "state", "level", "area", "unit")}
        show = self.data.get("show", "open")
        return Wanted(
            show=show if show in SHOWS else "open", mine=self.data.get("who") != "all",
            q=told.get("q", "").strip(), **plain, **days,
        )  # fmt: skip

    @property
    def narrowed(self) -> bool:
        """Whether anything but the tab is asked for."""
        return any(self.data.get(name) for name in self.fields)
