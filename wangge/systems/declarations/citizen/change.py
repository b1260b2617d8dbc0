"""The fields of a correction: what was declared openly is filled in, what is masked is left empty."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from wangge.lib.masking import mask_id, mask_name, mask_phone

from ..actions.amend import JOURNEY, PERSON
from ..models import Declaration
from ..queries.opened import id_of, phone_of
from ..rules.asked import ASKED
from .fields import PERSON as PERSON_FIELDS
from .fields import STAY, TRIP, Field, Shown, show
from .said import when


def fields_for_change(line: Declaration, values: Mapping[str, str], errors: Mapping[str, str]) -> list[Shown]:
    """The fields this kind asks and a resident may correct."""
    hidden = {
        "name": mask_name(line.name),
        "id_no": mask_id(id_of(line)),
        "phone": mask_phone(phone_of(line)),
    }
    shown = []
    for field in PERSON_FIELDS:
        path = f"people.0.{field.path}"
        if path in PERSON:
            hint = _("不改就留空；现在是 %(masked)s") % {"masked": hidden[field.path] or "—"}
            masked = replace(field, hint=hint, choices=(), autocomplete="off")
            shown.append(Shown(masked, path, values.get(path, ""), errors.get(path, ""), "", False, ""))
    for field in (*TRIP, *STAY):
        if field.path in JOURNEY and field.path in ASKED[line.kind]:
            one = _said_to(field, line.kind)
            held = values.get(field.path, _held(line, JOURNEY[field.path], field.form))
            shown.append(show(one, held, errors))
    return [Shown(one.field, one.name, one.value, one.error, "", one.optional, "") for one in shown]


def _said_to(field: Field, kind: str) -> Field:
    return replace(field, labels=(((), field.label_for(kind)),), autocomplete="off")


def _held(line: Declaration, column: str, form: str) -> str:
    value = getattr(line, column)
    if form in ("date", "datetime-local"):
        return when(value).replace(" ", "T")
    return str(value or "")


def typed(post: Mapping[str, str]) -> dict[str, str]:
    """What was posted of the fields that may be corrected."""
    return {path: post[path] for path in (*PERSON, *JOURNEY) if path in post}


def values_again(lines: Sequence[Declaration]) -> dict[str, str]:
    """A new report's values from an old one's; id numbers and phones are typed anew."""
    first = lines[0]
    values = {
        "report": str(uuid.uuid4()), "people": str(len(lines)), "kind": first.kind,
        "reported_by": first.reported_by, "reporter.name": first.reporter_name,
        "trip.via": "、".join(first.via or []),
    }  # fmt: skip
    values |= {
        field.path: _held(first, JOURNEY[field.path], field.form)
        for field in (*TRIP, *STAY)
        if field.path in JOURNEY
    }
    for number, line in enumerate(lines):
        values |= {f"people.{number}.name": line.name, f"people.{number}.id_type": line.id_type}
    return {path: value for path, value in values.items() if value}
