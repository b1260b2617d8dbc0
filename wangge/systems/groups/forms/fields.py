"""Fields that several forms of groups share."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from wangge.foundation.territory.queries import areas_in_reach, names_of, short_name
from wangge.lib.cells import clean_name, clean_phone, clean_uscc, message

Choices = list[tuple[str, Any]]
MOBILE = 11


class Mobile(forms.CharField):
    """A mobile number in its canonical form."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        cell = clean_phone(text, demo=settings.DEMO or settings.TEST)
        number = str(cell.value or "")
        if text and (cell.error or not number.isdigit() or len(number) != MOBILE):
            raise forms.ValidationError(_("请填写 11 位手机号码。"), "phone")
        return number


class FullName(forms.CharField):
    """A person's name in its canonical form."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "name"})
        super().__init__(max_length=60, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        cell = clean_name(text)
        if text and cell.error:
            raise forms.ValidationError(message(cell.error), cell.error)
        return str(cell.value or "")


class CreditCode(forms.CharField):
    """A 统一社会信用代码 in its canonical form; "" stays ""."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        cell = clean_uscc(text, demo=settings.DEMO or settings.TEST)
        if text and cell.error:
            raise forms.ValidationError(message(cell.error), cell.error)
        return str(cell.value or "")


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when nothing was filled in; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def communities() -> Choices:
    """The communities in reach, under their towns; one alone needs no choosing."""
    rows = list(areas_in_reach().filter(level="community").order_by("code").values_list("code", "name"))
    towns = names_of({code[:9] + "000" for code, _name in rows})
    grouped: Choices = [
        (short_name(towns.get(town + "000", town)), [(code, short_name(name)) for code, name in members])
        for town, members in groupby(rows, key=lambda row: row[0][:9])
    ]
    return grouped if len(rows) == 1 else [("", _("请选择")), *grouped]
