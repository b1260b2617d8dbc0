"""Who wants a table and for what; and which rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.registry.ledgers.outgoing.catalogue import LEDGERS

from ..enums import Frequency, Unit
from ..meanings import wording
from ..meanings.meaning import said_of
from ..models import TableRequest

COMMON = ("age:60-", "age:80-", "age:-17", "alone", "rented", "local", "floating", "is:education=10,20",
          "is:sex=1", "is:sex=2", "working", "jobless", "student")  # fmt: skip


class AskForm(forms.Form):
    """The blank and what the department said of it."""

    area = forms.CharField(label=_("区域"), max_length=15)
    department = forms.CharField(label=_("要表的部门"), max_length=80)
    contact = forms.CharField(label=_("联系科室"), max_length=80, required=False)
    purpose = forms.CharField(label=_("用途"), max_length=200)
    basis = forms.CharField(label=_("依据（文件名、文号）"), max_length=200, required=False)
    deadline = forms.DateField(
        label=_("什么时候要"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    frequency = forms.ChoiceField(label=_("多久一次"), choices=Frequency.choices, initial=Frequency.ONCE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # As an attribute of the class it would shadow nothing, but the page sends it as "blank".
        self.fields["blank"] = forms.FileField(
            label=_("空白表"),
            widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm"}),
            error_messages={"required": _("请选择部门发来的空白表。")},
        )

    def clean_deadline(self) -> Any:
        day = self.cleaned_data["deadline"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("这个日期已经过了。"))
        return day


class ConditionsForm(forms.Form):
    """What a row is, and which rows."""

    unit = forms.ChoiceField(label=_("一行是"), choices=Unit.choices)
    ledger = forms.ChoiceField(label=_("从哪个台账"))
    filters = forms.MultipleChoiceField(
        label=_("条件"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    words = forms.CharField(label=_("其他条件"), required=False, max_length=60)
    as_of = forms.DateField(
        label=_("数据日期"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, table: TableRequest, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(table, name) for name in ("unit", "ledger", "filters", "as_of")}
        super().__init__(*args, **kwargs)
        offered = dict.fromkeys([*table.filters, *COMMON])
        self.fields["filters"].choices = [(code, said_of(code)) for code in offered]  # type: ignore[attr-defined]
        self.fields["ledger"].choices = [(one.code, one.name) for one in LEDGERS]  # type: ignore[attr-defined]

    def clean_words(self) -> list[str]:
        text = self.cleaned_data["words"].strip()
        if not text:
            return []
        reading = wording.read(text)
        if not reading.whole:
            raise forms.ValidationError(
                _("“%(rest)s”看不懂。可以写：80岁以上、独居、出租屋、本科以上、女、流动人口。")
                % {"rest": reading.rest or text}
            )
        return reading.condition.split("&")

    def clean_as_of(self) -> Any:
        day = self.cleaned_data["as_of"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("不能晚于今天。"))
        return day

    @property
    def conditions(self) -> list[str]:
        """All conditions chosen, each once."""
        cleaned = self.cleaned_data
        return list(dict.fromkeys([*cleaned["filters"], *cleaned["words"]]))
