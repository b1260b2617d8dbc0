"""A list that is read and not kept."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from ..reading import FILE_BYTES, Listed, Unreadable, read_list
from ..reading.guards import check_size


class CompareForm(forms.Form):
    """One file; ``listed`` is what it says once the form is valid."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("对方给的名单（xlsx 或 csv）"), allow_empty_file=True,
        help_text=_("至少有“证件号码”一列；最多 100,000 行、20 MB。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip
    listed: Listed

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"op": uuid4()}, use_required_attribute=False)

    def clean_file(self) -> Any:
        """The file, read."""
        sent = self.cleaned_data["file"]
        try:
            check_size(sent.size)
            self.listed = read_list(sent.name, sent.read(FILE_BYTES + 1))
        except Unreadable as why:
            raise forms.ValidationError(str(why)) from why
        return sent
