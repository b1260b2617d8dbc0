"""What comes in through the pages about one's own data."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.foundation.territory import queries as territory
from wangge.lib.cells import clean_phone, message
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.enums import Source
from wangge.registry.people.queries import label_of

from .enums import CORRECTABLE, Ground, Kind, State
from .queries.requests import Asked

SAID = 1000


class PhoneForm(forms.Form):
    """Whose phone."""

    phone = forms.CharField(label=_("手机号码"), max_length=20)


class CodeForm(forms.Form):
    """The code that came, and the last six of the id number."""

    proof = forms.CharField(widget=forms.HiddenInput, max_length=40)
    code = forms.CharField(label=_("短信验证码"), max_length=12)
    tail = forms.CharField(label=_("证件号码后六位"), min_length=6, max_length=6)


class AskForm(forms.Form):
    """What is asked; ``held`` are the names of facts the register holds of her."""

    kind = forms.ChoiceField(
        label=_("您要办什么"), choices=[c for c in Kind.choices if c[0] != Kind.IDENTITY]
    )
    field = forms.ChoiceField(label=_("要更正哪一项"), required=False)
    value = forms.CharField(label=_("应改为"), max_length=200, required=False)
    erase = forms.MultipleChoiceField(label=_("要删除哪几项"), required=False)
    said = forms.CharField(label=_("说明"), max_length=SAID, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, held: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        correctable = [(name, label_of(name)) for name in CORRECTABLE]
        cast(forms.ChoiceField, self.fields["field"]).choices = [("", "—"), *correctable]
        cast(forms.MultipleChoiceField, self.fields["erase"]).choices = [(n, label_of(n)) for n in held]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind, field, value = given.get("kind"), given.get("field"), (given.get("value") or "").strip()
        if kind == Kind.CORRECT:
            if field and value:
                given["wish"] = {field: self._checked(field, value)}
            elif not given.get("said"):
                self.add_error("field", _("请选一项并填上正确的内容，或在说明里写清楚。"))
        elif kind == Kind.ERASE and not given.get("erase") and not given.get("said"):
            self.add_error("erase", _("请勾选要删除的项目，或在说明里写清楚。"))
        elif kind == Kind.EXPLAIN and not given.get("said"):
            self.add_error("said", _("请写下您想知道什么。"))
        return given

    def _checked(self, field: str, value: str) -> str:
        if field in ("phone", "phone2"):
            cell = clean_phone(value, demo=settings.DEMO or settings.TEST)
            if cell.error:
                self.add_error("value", message(cell.error))
            return str(cell.value or "")
        if field == "birth":
            try:
                if date.fromisoformat(value) > timezone.localdate():
                    raise ValueError
            except ValueError:
                self.add_error("value", _("日期请写成 1990-01-31，且不晚于今天。"))
        return value

    def fields_asked(self) -> list[str]:
        """The names of the facts the request is about."""
        kind = self.cleaned_data["kind"]
        if kind == Kind.CORRECT:
            return list(self.cleaned_data.get("wish", {}))
        return list(self.cleaned_data["erase"]) if kind == Kind.ERASE else []


class StrangerForm(forms.Form):
    """Somebody whom phone and digits did not find: people look at her papers."""

    asker = forms.CharField(label=_("您的姓名"), max_length=60)
    area = forms.ChoiceField(label=_("由哪个村（社区）办理"))
    said = forms.CharField(label=_("您要办什么"), max_length=SAID, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with within(EVERYWHERE):  # the names of communities are no secret
            rows = (
                territory.areas_in_reach("community")
                .order_by("code")
                .values_list("code", "name", "parent__name")
            )
            choices = [(code, f"{town} · {territory.short_name(name)}") for code, name, town in rows]
        cast(forms.ChoiceField, self.fields["area"]).choices = [("", "—"), *choices]


class AnswerForm(forms.Form):
    """The desk's answer."""

    state = forms.ChoiceField(
        label=_("办理结果"), choices=[c for c in State.choices if c[0] in ("granted", "partly", "refused")]
    )
    fields_done = forms.MultipleChoiceField(label=_("办理的项目"), required=False)
    source = forms.TypedChoiceField(
        label=_("怎样核实的"),
        coerce=int,
        choices=[c for c in Source.choices if c[0] in (Source.SELF, Source.VISIT, Source.CERTIFICATE)],
        initial=Source.CERTIFICATE.value,
        required=False,
    )
    ground = forms.ChoiceField(
        label=_("法律依据（不办理或部分办理时必选）"), choices=[("", "—"), *Ground.choices], required=False
    )
    text = forms.CharField(
        label=_("答复内容（本人会看到）"),
        max_length=2000,
        min_length=4,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [
            (name, label) for name, label, kept in asked.fields if not (kept and asked.row.kind == Kind.ERASE)
        ]
        cast(forms.MultipleChoiceField, self.fields["fields_done"]).choices = free


class ExtendForm(forms.Form):
    """More time, once."""

    days = forms.IntegerField(label=_("延长几个工作日"), min_value=1, max_value=15)
    why = forms.CharField(label=_("延长的理由（本人会看到）"), max_length=200, min_length=2)

    def clean_why(self) -> str:
        why: str = self.cleaned_data["why"].strip()
        if len(why) < 2:
            raise ValidationError(_("请写明理由。"))
        return why
