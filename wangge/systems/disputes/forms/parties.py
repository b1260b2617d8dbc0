"""Parties as repeated rows; somebody of the register is looked for within reach and chosen by key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wangge.lib.masking import mask_id, mask_phone
from wangge.registry.people.models import Organisation, Person

from ..actions.parties import MOST
from ..enums import Side, Who
from ..reading.parties import Told
from .opening import kept

SECRET = {"id_no": mask_id, "phone": mask_phone, "guardian_phone": mask_phone}


class PartyForm(forms.Form):
    """One party. ``chosen``, ``firm``: the key of somebody, or of an organisation, of the register; ``find``:
    whom to look for there."""

    number = forms.IntegerField(required=False, widget=forms.HiddenInput)
    chosen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    firm = forms.IntegerField(required=False, widget=forms.HiddenInput)
    find = forms.CharField(label=_("从登记的人和单位里找"), max_length=60, required=False)
    side = forms.ChoiceField(label=_("哪一方"), choices=Side.choices)
    who = forms.ChoiceField(label=_("个人还是单位"), choices=Who.choices)
    name = forms.CharField(label=_("姓名或名称"), max_length=120, required=False)
    id_no = forms.CharField(label=_("证件号码或信用代码"), max_length=30, required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    address = forms.CharField(label=_("住址"), max_length=120, required=False)
    minor = forms.BooleanField(label=_("未满 18 岁"), required=False)
    guardian = forms.CharField(label=_("监护人"), max_length=60, required=False)
    guardian_phone = forms.CharField(label=_("监护人电话"), max_length=30, required=False)
    note = forms.CharField(label=_("备注"), max_length=200, required=False)

    def __init__(
        self, *given: Any, person: Person | None = None, organisation: Organisation | None = None,
        known: Told | None = None, **more: Any,
    ) -> None:  # fmt: skip
        """``known``: the party as she is; her numbers are shown masked and stay unless typed anew."""
        super().__init__(*given, **more)
        self.person, self.organisation, self.known = person, organisation, known
        for name in ("find", "name", "id_no", "phone", "address", "guardian", "guardian_phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        for name, mask in SECRET.items() if known else ():
            if value := getattr(known, name):
                said = gettext("现在是 %(value)s，不改就空着。") % {"value": mask(value)}
                self.fields[name].help_text = said

    def empty(self) -> bool:
        """Whether nothing was typed into the row; of a known party, whether the name was taken out."""
        told = self.cleaned_data
        names = ("name",) if self.known else ("name", "id_no", "phone", "chosen", "firm")
        return not any(told.get(name) for name in names)

    def told(self) -> Told:
        """As the action takes it; what was not typed of somebody chosen comes from the register."""
        told, person, known = self.cleaned_data, self.person, self.known
        if told["who"] == Who.FIRM and self.organisation is not None:
            return self._firm_told(self.organisation)
        if person is None and known and known.person == told["chosen"]:  # out of reach by now
            return self._told(known.person, known.id_no, known.phone)
        number, phone = (known.id_no, known.phone) if known else ("", "")
        if person is not None:
            return self._told(person.pk, number or person.id_no, phone or person.phone)
        return self._told(None, number, phone)

    def _told(self, person: int | None, number: str, phone: str) -> Told:
        told, row, known = self.cleaned_data, self.person, self.known
        return Told(
            told["side"], told["name"] or (row.name if row else ""), told["who"], told["id_no"] or number,
            told["phone"] or phone, told["address"], told["minor"], told["guardian"],
            told["guardian_phone"] or (known.guardian_phone if known else ""), told["note"], person,
            told["number"] or 0, row.birth if row else None,
        )  # fmt: skip

    def _firm_told(self, firm: Organisation) -> Told:
        told, known = self.cleaned_data, self.known
        number, phone = (known.id_no, known.phone) if known else ("", "")
        return Told(
            told["side"], told["name"] or firm.name, told["who"], told["id_no"] or number or firm.uscc or "",
            told["phone"] or phone or firm.phone, told["address"] or firm.address, note=told["note"],
            number=told["number"] or 0, organisation=firm.pk,
        )  # fmt: skip


class PartyRows:
    """The rows of a page."""

    def __init__(self, forms_: Sequence[PartyForm], more: int = 0) -> None:
        self.forms, self.count = list(forms_), len(forms_) + more

    def __iter__(self) -> Iterator[PartyForm]:
        return iter(self.forms)

    def is_valid(self) -> bool:
        """Whether every row can be read."""
        return all(form.is_valid() for form in self.forms)

    def told(self) -> list[Told]:
        """The parties of rows that are not empty."""
        return [form.told() for form in self.forms if not form.empty()]


def fresh_rows(parties: Sequence[Told] = ()) -> PartyRows:
    """The rows of a page that is opened: those known, or one of each side."""
    if not parties:
        sides = (Side.APPLICANT, Side.RESPONDENT)
        return PartyRows(
            [PartyForm(prefix=f"p{at}", initial={"side": side}) for at, side in enumerate(sides)]
        )
    people = _people(each.person for each in parties)
    firms = _firms(each.organisation for each in parties)
    return PartyRows([
        PartyForm(
            prefix=f"p{at}", initial=_open_fields(each), person=people.get(each.person or 0),
            organisation=firms.get(each.organisation or 0), known=each,
        )
        for at, each in enumerate(parties)
    ])  # fmt: skip


def _open_fields(told: Told) -> dict[str, Any]:
    """What stands in the row: no number and no phone."""
    given = asdict(told) | {"chosen": told.person, "firm": told.organisation}
    return {name: value for name, value in given.items() if name not in SECRET}


def sent_rows(data: QueryDict, *, look: bool, more: int = 0, parties: Sequence[Told] = ()) -> PartyRows:
    """The rows as they came.

    Args:
        look: they are to be looked at; else they are shown again as typed. more: empty rows to add.
        parties: those that are known, to be changed.
    """
    count = min(_number(data.get("parties")) + more, MOST)
    chosen = {at: _number(data.get(f"p{at}-chosen")) for at in range(count)}
    firm = {at: _number(data.get(f"p{at}-firm")) for at in range(count)}
    people, firms = _people(chosen.values()), _firms(firm.values())
    known = {each.number: each for each in parties}
    rows = []
    for at in range(count):
        prefix = f"p{at}"
        about: dict[str, Any] = {
            "person": people.get(chosen[at]),
            "organisation": firms.get(firm[at]),
            "known": known.get(_number(data.get(f"{prefix}-number"))),
        }
        if look:
            rows.append(PartyForm(data, prefix=prefix, **about))
        else:
            typed = kept(data, PartyForm, prefix)
            rows.append(PartyForm(prefix=prefix, initial=typed or {"side": Side.RESPONDENT}, **about))
    return PartyRows(rows)


def _number(text: Any) -> int:
    """A small number from an address or a form; 0 for anything else."""
    digits = str(text or "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0


def _people(keys: Any) -> dict[int, Person]:
    """Those of them in reach."""
    wanted = {key for key in keys if key}
    return {person.pk: person for person in Person.objects.filter(pk__in=wanted)} if wanted else {}


def _firms(keys: Any) -> dict[int, Organisation]:
    """Those of them in reach."""
    wanted = {key for key in keys if key}
    return {firm.pk: firm for firm in Organisation.objects.filter(pk__in=wanted)} if wanted else {}
