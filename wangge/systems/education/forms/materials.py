"""A material as it is put in."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..actions.materials import LARGEST, Put, file_fault, link_fault, too_large
from ..enums import MaterialKind
from .choices import area_choices, date_input, topic_choices


class MaterialForm(forms.Form):
    """A PDF is looked at before it is kept."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("名称"), max_length=80, min_length=2)
    topic = forms.ChoiceField(label=gettext_lazy("主题"))
    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=[("", "—"), *MaterialKind.choices])
    edition = forms.CharField(
        label=gettext_lazy("版本"), max_length=20, help_text=gettext_lazy("例如“2026 年第一版”。")
    )
    area = forms.ChoiceField(
        label=gettext_lazy("给哪个区域用"), help_text=gettext_lazy("这个区域和它下面的村居都能看到。")
    )
    since = forms.DateField(label=gettext_lazy("从哪天起用"), widget=date_input())
    link = forms.CharField(
        label=gettext_lazy("视频网址"), max_length=300, required=False,
        help_text=gettext_lazy("类型是视频时必填，https:// 开头。"),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("PDF 文件"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
        help_text=gettext_lazy("最多 20 MB，加密存放；折页、海报有电子版的也可以传。"),
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None) -> None:
        start = {"op": uuid4(), "since": timezone.localdate()}
        super().__init__(data, files, initial=start, auto_id="material-%s", use_required_attribute=False)
        fields: dict[str, Any] = self.fields
        fields["area"].choices = area_choices()
        fields["topic"].choices = topic_choices()
        self.content = b""

    def clean_file(self) -> Any:
        """A PDF, whole and not too large."""
        file = self.cleaned_data["file"]
        if file is None:
            return None
        if file.size > LARGEST:
            raise forms.ValidationError(too_large(file.size))
        self.content = file.read()
        fault = file_fault(self.content)
        if fault:
            raise forms.ValidationError(fault)
        return file

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("kind") == MaterialKind.PDF and not found.get("file") and "file" not in self.errors:
            self.add_error("file", _("请选一个 PDF 文件。"))
        fault = link_fault(found.get("link", ""))
        if fault and (found.get("link") or found.get("kind") == MaterialKind.VIDEO):
            self.add_error("link", fault)
        return found

    def put(self) -> Put:
        """As it is kept."""
        names = ("op", "area", "title", "topic", "kind", "edition", "since", "link")
        return Put(**{name: self.cleaned_data[name] for name in names}, content=self.content)
