"""What a worker corrects in a declaration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wangge.lib.cells import clean_name, clean_phone, message

from ..models import Declaration


class CorrectForm(forms.Form):
    """Every field may stay empty where it says so; an empty phone leaves the declared one."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(
        label=_("联系电话"),
        max_length=30,
        required=False,
        help_text=_("不改就留空；已报的号码不在这里显示。"),
    )
    stay_address = forms.CharField(label=_("居住地址"), max_length=200, required=False)
    arrive_at = forms.DateTimeField(label=_("到达时间"), required=False)
    stay_until = forms.DateField(label=_("住到"), required=False)
    from_text = forms.CharField(label=_("来自哪里"), max_length=120, required=False)
    purpose = forms.CharField(label=_("来由"), max_length=100, required=False)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def clean_name(self) -> str:
        return self._cell(clean_name(self.cleaned_data["name"]))

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"]
        return self._cell(clean_phone(text, settings.DEMO or settings.TEST)) if text else ""

    def _cell(self, cell: Any) -> str:
        if cell.error:
            raise forms.ValidationError(message(cell.error))
        return str(cell.value)

    @classmethod
    def about(cls, row: Declaration, data: Any = None) -> CorrectForm:
        """The form over a declaration; what is sealed is not sent to the browser."""
        plain = ("name", "stay_address", "arrive_at", "stay_until", "from_text", "purpose")
        return cls(data, initial={name: getattr(row, name) for name in plain}, auto_id="correct-%s")

    def values(self) -> dict[str, Any]:
        """What was typed, by column; a phone only where one was."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "note"}
        if not given["phone"]:
            del given["phone"]
        return given
