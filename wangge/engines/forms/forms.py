"""What the pages take."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .checking.book import MOST_BYTES


class UploadForm(forms.Form):
    """A workbook."""

    workbook = forms.FileField(
        label=_("表单文件"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls"})
    )

    def clean_workbook(self) -> Any:
        """Refused before it is read when it is far too big."""
        sent = self.cleaned_data["workbook"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(_("文件太大：表单不应超过 5 MB。请删掉图片和无关的工作表。"))
        return sent


class DeviceForm(forms.Form):
    """A phone without an account."""

    name = forms.CharField(label=_("谁的手机"), max_length=60)
    days = forms.IntegerField(label=_("用几天"), min_value=1, max_value=366, initial=90)

    def ends_on(self) -> Any:
        """The last day it may come in."""
        return timezone.localdate() + timedelta(days=self.cleaned_data["days"])
