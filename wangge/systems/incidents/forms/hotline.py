"""A file of orders, and which answers are exported."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..reading.orders import MOST_BYTES
from .listing import area_choices


class FileForm(forms.Form):
    """A workbook and whose orders they are."""

    file = forms.FileField(
        label=_("12345 工单表格（xlsx）"), widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"})
    )
    area = forms.ChoiceField(label=_("哪里的工单"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = area_choices()  # type: ignore[attr-defined]
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if chosen else "form-control"

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise ValidationError(_now("文件超过 20 MB，请按日期拆成几个再上传。"))
        return sent


class DaysForm(forms.Form):
    """From the first to the last day."""

    since = forms.DateField(required=False)
    until = forms.DateField(required=False)

    def days(self) -> tuple[str, str]:
        """As ISO dates, "" for any."""
        self.is_valid()
        since, until = (self.cleaned_data.get(name) for name in ("since", "until"))
        return (since.isoformat() if since else "", until.isoformat() if until else "")
