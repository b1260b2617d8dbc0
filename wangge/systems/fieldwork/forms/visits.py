"""The bars above the lists of visits and doors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.queries import area_by_code, areas_in_reach, short_name

from ..enums import VisitResult
from ..queries.visits import Wanted


class Day(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AreaFilter(forms.Form):
    """Which area of those in reach."""

    area = forms.ChoiceField(label=_("村（社区）或网格"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = list(areas_in_reach(Level.COMMUNITY)) or list(areas_in_reach(Level.GRID))
        choices, asked = (
            [(area.code, short_name(area.name)) for area in areas],
            str(self.data.get("area", "")),
        )
        if asked not in dict(choices) and (area := area_by_code(asked)):
            choices = [(area.code, short_name(area.name)), *choices]
        self.fields["area"].choices = [("", _("全部")), *choices]  # type: ignore[attr-defined]

    def area_asked(self) -> str:
        """The area's code; "" for all in reach, also where what was asked cannot be read."""
        self.is_valid()
        return str(self.cleaned_data.get("area") or "")


class VisitFilter(AreaFilter):
    """Which visits."""

    result = forms.ChoiceField(
        label=_("结果"), required=False, choices=[("", _("全部")), *VisitResult.choices]
    )
    since = forms.DateField(label=_("从"), required=False, widget=Day)
    until = forms.DateField(label=_("到"), required=False, widget=Day)
    worker = forms.CharField(label=_("网格员账号"), required=False, max_length=60)

    def wanted(self) -> Wanted:
        """What was asked for; unreadable parts ask for nothing."""
        area, given = self.area_asked(), self.cleaned_data
        return Wanted(
            area=area, result=given.get("result") or "", worker=given.get("worker") or "",
            since=given.get("since"), until=given.get("until"),
        )  # fmt: skip


class SearchForm(forms.Form):
    """Whatever the worker knows of a household."""

    q = forms.CharField(label=_("姓名、拼音首字母、电话、门牌"), max_length=60, required=False, strip=True)
