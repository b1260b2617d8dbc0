"""What the pages of the linkage take in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .enums import Engine


class RunForm(forms.Form):
    """Where to look, and with what."""

    engine = forms.ChoiceField(label=_("在哪里算"), choices=Engine.choices, initial=Engine.DUCKDB)


class ThresholdForm(forms.Form):
    """From where on pairs are merged, and from where on they are asked about."""

    upper = forms.FloatField(label=_("自动合并：达到"), min_value=0.5, max_value=0.9999)
    lower = forms.FloatField(label=_("请人核对：达到"), min_value=0.0001, max_value=0.9998)
