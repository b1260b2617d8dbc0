"""The questions of a campaign's form as scripts ask them: in the parts of the form."""

from __future__ import annotations

from dataclasses import dataclass

from wangge.engines.forms.enums import State
from wangge.engines.forms.models import FormVersion
from wangge.engines.forms.queries import Asked, asked_in

from .members import Repeats, repeats_in

TYPES = {
    "select one": "select", "select_one": "select", "select all that apply": "several",
    "select_multiple": "several", "integer": "number", "int": "number", "decimal": "number",
    "range": "number", "date": "date", "photo": "photo", "image": "photo",
}  # fmt: skip


@dataclass(frozen=True)
class Formed:
    """A published form as scripts need it. parts: the outermost groups that ask something, with titles;
    repeats: those of members."""

    key: str
    number: int
    title: str
    questions: tuple[Asked, ...]
    parts: dict[str, str]
    repeats: Repeats


def formed_of(forms: set[int]) -> dict[int, Formed]:
    """The published version of each of these forms by the form's key in the table; one statement."""
    rows = FormVersion._base_manager.filter(form__in=forms, state=State.PUBLISHED).select_related("form")
    return {row.form_id: _formed(row) for row in rows.defer("workbook")}


def type_of(one: Asked) -> str:
    """How a script asks it."""
    return TYPES.get(one.type, "text")


def _formed(row: FormVersion) -> Formed:
    spoken = tuple(one for one in asked_in(row) if not one.silent)
    parts = {one.part: one.title or row.form.title for one in spoken}
    return Formed(row.form.key, row.number, row.form.title, spoken, parts, repeats_in(row))
