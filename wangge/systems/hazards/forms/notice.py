"""What a notice says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.engines.cases.models import Case

from ..actions.notices import Told

FAR = 365  # days
Date = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NoticeForm(forms.Form):
    """Filled in beforehand from the hazard: its words, the checklist's standard, the limit of its level."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    receiver = forms.CharField(label=gettext_lazy("送达"), max_length=120)
    content = forms.CharField(
        label=gettext_lazy("要改什么"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    standard = forms.CharField(
        label=gettext_lazy("改到什么标准"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    until = forms.DateField(label=gettext_lazy("最迟哪天改好"), widget=Date)

    def __init__(self, case: Case, data: Any = None) -> None:
        due = case.close_due or case.due_at
        until = timezone.localdate(due) if due else timezone.localdate() + timedelta(days=7)
        whom = case.organisation or case.room or case.building
        initial = {
            "op": uuid4(), "seen": case.version, "receiver": str(whom or case.address or ""),
            "content": "：".join(filter(None, (case.title, case.words))),
            "standard": case.data.get("standard", ""), "until": max(until, timezone.localdate()),
        }  # fmt: skip
        super().__init__(data, initial=initial)

    def clean_until(self) -> Any:
        """Today or later, and within a year."""
        day = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today <= day <= today + timedelta(days=FAR):
            raise ValidationError(_("请选今天以后、一年以内的一天。"))
        return day

    def told(self) -> Told:
        """As the action takes it."""
        given = self.cleaned_data
        return Told(given["op"], given["receiver"], given["content"], given["standard"], given["until"])
