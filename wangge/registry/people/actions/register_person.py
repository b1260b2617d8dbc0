"""One declaration about one person: found when known, registered once when not (spec 5.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.identifiers import check_identity, id_code_of
from wangge.lib.identifiers.messages import message
from wangge.lib.sealing import blind

from ..enums import IdType, Source, TieKind
from ..models import Household, Organisation, Person, Room
from ..queries.likeness import Likely, is_sure, likely_people
from ..rules import Declined
from .ties import begin_tie
from .update_person import Outcome, update_person
from .values import put

# GA/T identity document code -> how its number is checked; "" is any number with a check digit
_CHECKED_AS = {
    "": "",
    "111": "resident",
    "414": "passport",
    "516": "hk_macao_travel",
    "511": "taiwan_travel",
}
MOST_ASKED = 10
_TRAVEL_PAPERS = {
    "passport": IdType.PASSPORT,
    "hk_macao_travel": IdType.HK_MACAO,
    "taiwan_travel": IdType.TAIWAN,
}


@dataclass
class Registration:
    """What became of a declaration. ``ask`` means: nothing was written, choose among ``candidates``
    and declare again with ``answer``."""

    outcome: Literal["new", "same", "ask"]
    person: Person | None = None
    candidates: list[Person] = field(default_factory=list)
    update: Outcome | None = None


@transaction.atomic
def register_person(
    *,
    actor: Any,
    facts: Mapping[str, Any],
    source: int = Source.VISIT,
    kind: str = TieKind.LIVES,
    room: Room | None = None,
    household: Household | None = None,
    organisation: Organisation | None = None,
    area: str = "",
    relation: str = "",
    on: date | None = None,
    confirmed_on: date | None = None,
    answer: Person | Literal["new"] | None = None,
    demo: bool = False,
    **details: Any,
) -> Registration:
    """Take one declaration: who (``facts``, named as in ``update_person``) is tied to which place.

    Same id number: the same person. Else whoever the evidence leaves no doubt of (such as name, birth and
    phone); with some doubt (such as the name in the same room) it is asked, unless ``answer`` says which
    person it is, or "new".

    Raises:
        Declined: no name, an id number that cannot be right, or no place.
    """
    known = completed(facts)
    found = answer if isinstance(answer, Person) else _holder(known)
    if found is None and answer != "new":
        likely = likely_people(known, room)
        found = _surely(likely)
        if likely and found is None:
            return Registration("ask", candidates=[each.person for each in likely[:MOST_ASKED]])
    person, is_new = (found, False) if found else _create(known, source, confirmed_on, demo)
    update = None
    if not is_new:
        update = update_person(actor=actor, person=person, facts=known, source=source, on=confirmed_on)
    begin_tie(
        actor=actor, person=person, kind=kind, on=on, area=area, room=room, household=household,
        organisation=organisation, relation=relation, source=source, confirmed_on=confirmed_on, **details,
    )  # fmt: skip
    if is_new:
        journal.record(
            "person.registered", actor=actor, area=person.area_code, subject=person,
            changes={"fields": sorted(known), "source": int(source)},
        )  # fmt: skip
    return Registration("new" if is_new else "same", person=person, update=update)


def completed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that say something, the id number canonical, birth and sex told by it filled in.

    Raises:
        Declined: no name, or the number cannot be right (the reason is in the message).
    """
    known = {name: value for name, value in facts.items() if value not in ("", None)}
    if not known.get("name"):
        raise Declined("no_name", _("请填写姓名。"))
    if known.get("id_no") and known.get("id_type") != IdType.OTHER:
        known |= _told_by_number(known)
    return known


def _told_by_number(known: Mapping[str, Any]) -> dict[str, Any]:
    kind = _CHECKED_AS.get(str(known.get("id_type", "")), "")
    checked = check_identity(known["id_no"], kind, demo=settings.DEMO or settings.TEST)
    if checked.error:
        raise Declined(checked.error, message(checked.error))
    paper = _TRAVEL_PAPERS.get(checked.kind)
    told = {
        "birth": checked.birth,
        "sex": checked.sex,
        "id_type": paper.value if paper else id_code_of(checked.number),
    }
    missing = {name: value for name, value in told.items() if value and not known.get(name)}
    return {"id_no": checked.number, **missing}


def _holder(known: Mapping[str, Any]) -> Person | None:
    """Whoever is registered with the declared number."""
    number = known.get("id_no")
    return Person._base_manager.filter(id_index=blind(number)).first() if number else None


def _surely(likely: Sequence[Likely]) -> Person | None:
    """The one person meant, when evidence leaves no doubt and nobody else comes near."""
    return likely[0].person if is_sure([each.probability for each in likely]) else None


def _create(known: Mapping[str, Any], source: int, day: date | None, demo: bool) -> tuple[Person, bool]:
    person = Person(source=source, confirmed_at=day or timezone.localdate(), demo=demo)
    for name, value in known.items():
        put(person, name, value)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:  # the same person was registered between the look and the write
        return Person._base_manager.get(id_index=person.id_index), False
    return person, True
