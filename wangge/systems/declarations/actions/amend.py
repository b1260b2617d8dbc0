"""A resident corrects her own declaration before somebody has verified it (PIPL art. 46)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.registry.people.rules import Declined

from ..models import Decision, Declaration
from ..queries.own import is_open
from ..reading import Refused
from ..reading.journey import read_journey
from ..reading.people import read_people
from ..reading.values import Faults
from ..rules.asked import needs
from .verify_correct import correct_declaration
from .verify_step import locked

# Path of the payload -> column; the first three are shown masked, so left empty they stay as they are.
PERSON = {"people.0.name": "name", "people.0.id_no": "id_no", "people.0.phone": "phone"}
JOURNEY = {
    "trip.from_text": "from_text", "trip.arrive_at": "arrive_at", "trip.depart_at": "depart_at",
    "trip.transport": "transport", "trip.trip_no": "trip_no", "stay.address": "stay_address",
    "stay.until": "stay_until", "stay.host_name": "host_name", "stay.purpose": "purpose",
}  # fmt: skip


@transaction.atomic
def amend(*, actor: Any, declaration: Declaration, values: Mapping[str, str]) -> Decision:
    """Correct what ``values`` (by path of the payload) say differently. What stood there before is kept,
    sealed; the place that verifies it sees what changed.

    Raises:
        Refused: a value cannot be; a sentence by path.
        Declined: verified, withdrawn or over meanwhile, or nothing differs.
    """
    row = locked(declaration)
    if not is_open(row):
        raise Declined("state", _("这份报备已经核实或结束，不能再更正；有变化请重新报备，或告诉社区。"))
    faults: Faults = {}
    read = _person(faults, row, values) | _journey(faults, row, values)
    if faults:
        raise Refused(faults)
    return correct_declaration(actor=actor, declaration=row, values=read, takes_over=False)


def _person(faults: Faults, row: Declaration, values: Mapping[str, str]) -> dict[str, Any]:
    said = {path: values.get(path, "").strip() for path in PERSON}
    sent = {
        "name": said["people.0.name"] or row.name,
        "id_type": row.id_type,
        "id_no": said["people.0.id_no"],
        "phone": said["people.0.phone"],
    }
    people = read_people(faults, [sent], timezone.localdate())
    return {column: getattr(people[0], column) for path, column in PERSON.items() if people and said[path]}


def _journey(faults: Faults, row: Declaration, values: Mapping[str, str]) -> dict[str, Any]:
    trip = {path[5:]: values[path] for path in JOURNEY if path.startswith("trip.") and path in values}
    stay = {path[5:]: values[path] for path in JOURNEY if path.startswith("stay.") and path in values}
    read = read_journey(faults, trip, stay, timezone.now(), timezone.localdate())
    found = {column: getattr(read, column) for path, column in JOURNEY.items() if path in values}
    for path, column in JOURNEY.items():
        if path in values and needs(path, row.kind) and not found[column] and path not in faults:
            faults[path] = _("请填写。")
    return found
