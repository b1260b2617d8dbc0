"""What the page of one person shows, in a number of queries that does not grow with the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from wangge.lib.masking import HIDDEN, mask_address, mask_id, mask_name, mask_phone

from ..enums import ContradictionState, PersonStatus, Source, TieKind
from ..models import Contradiction, Merge, Person, Tie
from .names import named
from .residence import ties_of
from .search import present_people
from .words import fresh_days_of, is_sensitive, label_of, meaning_of

SHOWN = (
    "id_type", "id_no", "phone", "phone2", "sex", "birth", "former_name", "nationality", "education",
    "marriage", "hukou_nature", "hukou_region", "hukou_address", "occupation", "employment", "school",
    "residence_code_status", "guardian", "emergency_contact",
)  # fmt: skip
STALE_DAYS = 180
SECRET = ("id_no", "phone", "phone2")
MASKS = {
    "id_no": mask_id, "phone": mask_phone, "phone2": mask_phone, "hukou_address": mask_address,
    "guardian": mask_name, "emergency_contact": mask_name,
}  # fmt: skip


@dataclass(frozen=True)
class FactLine:
    """One fact as a page shows it: masked, with who said so and how old that is."""

    field: str
    label: str
    text: str
    source: str = ""
    confirmed: date | None = None
    age: str = ""  # "fresh", "stale" or "" (never confirmed)
    secret: bool = False


def is_secret(field: str) -> bool:
    """Whether the value is shown in full only for a reason that is logged."""
    return field in SECRET or (field not in SHOWN and is_sensitive(field))


def in_clear(person: Person, field: str) -> str:
    """A secret value in full, codes by their meaning: only after its reason was logged."""
    if field in SECRET:
        return getattr(person, field)
    return meaning_of(field, str(person.facts.get(field, "")))


def masked(field: str, value: object) -> str:
    """The value as a screen may show it: codes by their meaning, personal ones masked."""
    text = value.isoformat() if isinstance(value, date) else str(value or "")
    if text and field not in SHOWN and is_sensitive(field):
        return HIDDEN
    return MASKS[field](text) if field in MASKS else meaning_of(field, text)


def fact_lines(person: Person, day: date | None = None) -> list[FactLine]:
    """All facts that are known of the person; no query."""
    today = day or timezone.localdate()
    names = [name for name in SHOWN if getattr(person, name)] + sorted(
        k for k, v in person.facts.items() if v != ""
    )
    return [_line(person, name, today) for name in names]


def _line(person: Person, name: str, today: date) -> FactLine:
    value = getattr(person, name) if name in SHOWN else person.facts[name]
    source, told = person.told_by(name)
    confirmed = date.fromisoformat(told) if told else None
    return FactLine(
        field=name,
        label=label_of(name),
        text=masked(name, value),
        source=str(Source(source).label) if source in Source.values else "",
        confirmed=confirmed,
        age=staleness(confirmed, fresh_days_of(name), today),
        secret=is_secret(name),
    )


def staleness(confirmed: date | None, fresh_days: int, today: date) -> str:
    """ "fresh" or "stale"; "" when nobody ever confirmed it."""
    if confirmed is None:
        return ""
    return "fresh" if not fresh_days or (today - confirmed).days <= fresh_days else "stale"


@dataclass(frozen=True)
class PersonPage:
    """Everything the page of a person shows."""

    person: Person
    facts: list[FactLine]
    ties: list[Tie]
    members: list[Tie]
    contradictions: list[ContradictionLine]
    merges: list[Merge]


@dataclass(frozen=True)
class ContradictionLine:
    """A contradiction with both values masked."""

    row: Contradiction
    label: str
    held: str
    offered: str


def person_page(person: Person, day: date | None = None, known: datetime | None = None) -> PersonPage:
    """The page; ties as held on ``day`` (None: whole history), as known at ``known`` (None: now)."""
    ties = named(ties_of(person, day, known))
    return PersonPage(
        person=person,
        facts=fact_lines(person),
        ties=ties,
        members=members_beside(person, ties),
        contradictions=lines_of(waiting().filter(person=person)),
        merges=list(Merge.objects.filter(kept=person).select_related("absorbed").order_by("-at")),
    )


def members_beside(person: Person, ties: Iterable[Tie]) -> list[Tie]:
    """Who lives with the person: the present ties to the same household, or to the same room."""
    home = next((t for t in ties if t.kind == TieKind.LIVES and t.valid_to is None and t.room_id), None)
    if home is None:
        return []
    living = residents_of(room=home.room_id).exclude(person=person)
    return list(living.filter(household=home.household_id) if home.household_id else living)[:50]


def residents_of(**where: object) -> QuerySet[Tie]:
    """The present lives-ties in reach to a room or household, with their people."""
    ties = Tie.objects.filter(kind=TieKind.LIVES, known_to=None, valid_to=None, **where)
    return ties.select_related("person").order_by("relation", "pk")


def waiting() -> QuerySet[Contradiction]:
    """Open contradictions in reach, oldest first."""
    return Contradiction.objects.filter(state=ContradictionState.OPEN).select_related("person").order_by("pk")


def lines_of(rows: Iterable[Contradiction]) -> list[ContradictionLine]:
    """Contradictions as pages show them."""
    from wangge.lib.sealing import unseal

    return [
        ContradictionLine(
            row, label_of(row.field), masked(row.field, unseal(row.held_sealed)),
            masked(row.field, unseal(row.offered_sealed)),
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class PersonLine:
    """A person in a list, with their home."""

    person: Person
    home: Tie | None
    age: int | None
    freshness: str


def with_homes(people: Iterable[Person]) -> list[PersonLine]:
    """The people with their present homes in reach; one query for all homes."""
    rows, today = list(people), timezone.localdate()
    ties = Tie.objects.filter(person__in=rows, known_to=None, valid_to=None).select_related(
        "room__building", "organisation"
    )
    homes: dict[int, Tie] = {}
    for tie in ties.order_by("pk"):
        if tie.person_id not in homes or tie.kind == TieKind.LIVES:
            homes[tie.person_id] = tie
    named(tie for tie in homes.values() if not (tie.room_id or tie.organisation_id))
    return [
        PersonLine(
            p, homes.get(p.pk), p.age_on(today), staleness(p.confirmed_at, fresh_days_of("residence"), today)
        )
        for p in rows
    ]  # fmt: skip


def people_after(
    pk: int = 0, *, area: str = "", kind: str = "", stale: bool = False, limit: int = 50
) -> QuerySet[Person]:
    """The next present people in reach after ``pk`` in the order of registration, by the key, not by
    offset. Who has left is found by searching. ``stale``: only those of ``is_stale``."""
    people = present_people(area, kind, pk).exclude(status=PersonStatus.MERGED)
    if stale:
        people = people.filter(is_stale())
    return people.order_by("pk")[:limit]


def is_stale() -> Q:
    """On the register, and confirmed by nobody for ``STALE_DAYS``."""
    before = timezone.localdate() - timedelta(days=STALE_DAYS)
    return Q(status=PersonStatus.ACTIVE) & (Q(confirmed_at__lt=before) | Q(confirmed_at=None))


def stale_people() -> QuerySet[Person]:
    """The people in reach whom the list shows when asked for stale ones, in no order: to count."""
    return present_people().filter(is_stale())


def former_rows(person: Person) -> list[int]:
    """The keys of rows merged into this one: their read log belongs to the person too."""
    merges = Merge._base_manager.filter(kept=person, undone_at=None)
    return list(merges.annotate(old=F("absorbed_id")).values_list("old", flat=True))


def side_by_side(one: Person, other: Person) -> dict[str, list]:
    """Two rows for comparison: facts with both values masked and whether they contradict, and their ties."""
    pairs = [(name, getattr(one, name), getattr(other, name)) for name in ("name", *SHOWN)]
    lines = [
        (
            label_of(name),
            masked(name, held),
            masked(name, offered),
            bool(held and offered and held != offered),
        )
        for name, held, offered in pairs
        if held or offered
    ]
    return {"lines": lines, "ties": [named(ties_of(one)[:20]), named(ties_of(other)[:20])]}
