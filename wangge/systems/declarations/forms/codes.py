"""What the pages of codes take in."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Paper, Scope


class RenewForm(forms.Form):
    """Until when a code holds; empty is without an end."""

    valid_to = forms.DateField(required=False)

    def clean_valid_to(self) -> date | None:
        day: date | None = self.cleaned_data["valid_to"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("有效期已经过去，请改为今天或以后的日期。"))
        return day


class MakeForm(RenewForm):
    """Codes for all places of a scope, or with ``label`` one code with that name."""

    scope = forms.ChoiceField(choices=Scope.choices)
    label = forms.CharField(max_length=120, required=False)


class PrintForm(forms.Form):
    """The paper; which codes is said by the filter or by a key."""

    paper = forms.ChoiceField(choices=Paper.choices)
