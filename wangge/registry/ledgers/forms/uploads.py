"""An upload of ledgers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.registry.people.enums import Source

KINDS = (".xlsx", ".xlsm", ".xls", ".csv", ".txt")


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(item, initial) for item in files if item] or [
            super().clean(None, initial)
        ]


class UploadForm(forms.Form):
    """Files for one area, the day they speak of, and who wrote them."""

    area = forms.CharField(label=_("区域"), max_length=15)
    as_of = forms.DateField(
        label=_("台账日期"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    source = forms.TypedChoiceField(
        label=_("来源"),
        choices=Source.choices,
        coerce=int,
        initial=Source.IMPORT.value,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Named as the page sends it; as an attribute of the class it would shadow the form's own ``files``.
        self.fields["files"] = FilesField(
            label=_("文件"),
            widget=ManyFiles(attrs={"accept": ",".join(KINDS)}),
            error_messages={"required": _("请选择文件。")},
        )

    def clean_source(self) -> int:
        return self.cleaned_data["source"] or Source.IMPORT.value

    def clean_as_of(self) -> Any:
        day = self.cleaned_data["as_of"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("台账日期不能晚于今天。"))
        return day
