"""Which day a page speaks of, and as known when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wangge.registry.people.queries import faults_of_dates

from ..outgoing.conditions import Moment
from ..outgoing.selection import asked_moment


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class DatesForm(forms.Form):
    """Two days, both optional; a day that no register can answer for is refused in words."""

    day = _day(_("数据日期"))
    known = _day(_("按此日所知"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, fault in faults_of_dates(cleaned.get("day"), cleaned.get("known")).items():
            self.add_error(name, fault)
        return self.cleaned_data

    def moment(self) -> Moment:
        """The moment of the days that are valid; today as known now where none is."""
        self.is_valid()
        return asked_moment(self.cleaned_data.get("day"), self.cleaned_data.get("known"))
