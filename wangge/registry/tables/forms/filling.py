"""How a table is to be filled."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class FillForm(forms.Form):
    """Whether numbers and phones in clear; clear needs a reason."""

    unmasked = forms.BooleanField(
        label=_("填完整的证件号码和电话"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    reason = forms.CharField(label=_("理由"), required=False, max_length=200)

    def __init__(self, *args: Any, may_unmask: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_unmask:
            del self.fields["unmasked"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("unmasked") and len(cleaned.get("reason", "").strip()) < 4:
            self.add_error("reason", _("请写明用途，例如：某某核查用；会记入留痕，当事人可以看到。"))
        return cleaned
