"""From which day to which a campaign is looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..queries.changes import FACTS, PEOPLE, TIES, Period

DAYS = 7  # shown when no days were asked for
Date = forms.DateInput(attrs={"type": "date"})


class PeriodForm(forms.Form):
    """Two days, both inside; the last seven days when none are given."""

    first = forms.DateField(label=_("从哪一天"), required=False, widget=Date)
    last = forms.DateField(label=_("到哪一天"), required=False, widget=Date)

    def clean(self) -> dict[str, Any]:
        cleaned, today = super().clean() or {}, timezone.localdate()
        first, last = cleaned.get("first"), cleaned.get("last")
        for name in ("first", "last"):
            if cleaned.get(name) and cleaned[name] > today:
                self.add_error(name, _("不能晚于今天（%(today)s）。") % {"today": today.isoformat()})
        if first and last and first > last:
            self.add_error("last", _("结束日期早于开始日期，请对调。"))
        return self.cleaned_data

    def period(self, area: str) -> Period:
        """The period of the days that are valid."""
        self.is_valid()
        last = self.cleaned_data.get("last") or timezone.localdate()
        first = self.cleaned_data.get("first") or last - timedelta(days=DAYS - 1)
        return Period(area, min(first, last), last)


class BehindForm(forms.Form):
    """Which number's rows are asked for. ``field`` is the code of a fact or of a kind of tie."""

    what = forms.ChoiceField(choices=[(code, code) for code in (*PEOPLE, *TIES, *FACTS)])
    field = forms.SlugField(required=False, max_length=40)
    source = forms.IntegerField(required=False, min_value=0)
    part = forms.RegexField(r"^\d{12}(\d{3})?$", required=False)
    after = forms.IntegerField(required=False, min_value=0, max_value=10_000)
