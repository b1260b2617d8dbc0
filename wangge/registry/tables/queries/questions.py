"""Questions due: of whom, among the people a request speaks of, a fact is missing, contradicted or stale.

The seam to field work: it asks each once, at the next visit that is due anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.utils import timezone

from wangge.lib.scoping import prefix_of
from wangge.registry.ledgers.models import AdmittedField
from wangge.registry.ledgers.queries.lines import all_ids
from wangge.registry.people.enums import ContradictionState
from wangge.registry.people.models import Contradiction, Person, Tie

from ..enums import RequestState, Ruling, Unit
from ..models import NewColumn, TableRequest
from .asking import Asking
from .composing import day_of
from .subjects import subjects

MISSING, CONTRADICTED, STALE = "missing", "contradicted", "stale"
AT_ONCE = 2_000


@dataclass(frozen=True)
class Due:
    """Ask this person for this fact. why: missing, contradicted or stale."""

    person: int
    fact: str
    why: str


def questions_due(request: TableRequest, fields: Sequence[AdmittedField] | None = None) -> Iterator[Due]:
    """What is to be asked for a request, within the reach, person by person in the order of the register.

    Args:
        fields: admitted fields to look at; None: those that were admitted for this request.
    """
    chosen = fields_of(request) if fields is None else list(fields)
    if not chosen or request.state == RequestState.CLOSED:
        return
    people = iter(people_of(request))
    while part := list(islice(people, AT_ONCE)):
        yield from _due_among(part, chosen)


def questions_within(people: Collection[int], area: str) -> dict[TableRequest, list[Due]]:
    """What open requests want to know of these people of an area: the bulk form for the scripts of its doors.
    A request of a larger area is looked at in this area only; the statements do not grow with the people.
    """
    found: dict[TableRequest, list[Due]] = {}
    for request, fields in _asking_now(area):
        spoken = set(_people_in(request, area)) & set(people)
        found[request] = list(_due_among(sorted(spoken), fields)) if spoken else []
    return {request: due for request, due in found.items() if due}


def _asking_now(area: str) -> list[tuple[TableRequest, list[AdmittedField]]]:
    """Open requests over the area, each with the fields it brought; three statements."""
    rows = NewColumn._base_manager.filter(state=Ruling.ADMITTED, request__isnull=False)
    rows = rows.exclude(request__state=RequestState.CLOSED).select_related("request")
    wanted: dict[TableRequest, set[str]] = {}
    for row in rows:
        request = row.request
        if request is not None and _overlap(request.area_code, area):
            wanted.setdefault(request, set()).add(row.fact)
    codes = {code for some in wanted.values() for code in some}
    known = {row.code: row for row in AdmittedField.objects.filter(code__in=codes, state="admitted")}
    return [
        (request, [known[code] for code in sorted(some & known.keys())])
        for request, some in sorted(wanted.items(), key=lambda pair: pair[0].pk)
        if some & known.keys()
    ]


def _overlap(one: str, other: str) -> bool:
    one, other = prefix_of(one), prefix_of(other)
    return one.startswith(other) or other.startswith(one)


def fields_of(request: TableRequest) -> list[AdmittedField]:
    """The fields that a request's new columns became, as far as they are still collected."""
    codes = NewColumn._base_manager.filter(request=request, state=Ruling.ADMITTED).values("fact")
    return list(AdmittedField.objects.filter(code__in=codes, state="admitted"))


def people_of(request: TableRequest) -> list[int]:
    """The people a request speaks of, each once: those of its ledger who meet its conditions."""
    return _people_in(request, request.area_code)


def _people_in(request: TableRequest, area: str) -> list[int]:
    """The same inside an area, or inside the request's own where that is the smaller."""
    narrow = max(area, request.area_code, key=lambda code: len(prefix_of(code)))
    asking = Asking(Unit.PERSON, request.ledger, narrow, day_of(request), tuple(request.filters))
    if request.filters:
        found: Iterable[int] = (one.line.person.pk for one in subjects(asking) if one.line)
    else:
        found = _persons_of(all_ids(asking.selection))
    return sorted(set(found))


def _persons_of(ties: Sequence[int]) -> Iterator[int]:
    for start in range(0, len(ties), AT_ONCE):
        part = ties[start : start + AT_ONCE]
        yield from Tie._base_manager.filter(pk__in=part).values_list("person_id", flat=True)


def _due_among(people: Sequence[int], fields: Sequence[AdmittedField]) -> Iterator[Due]:
    """Two queries, however many people and fields."""
    codes = [field.code for field in fields]
    open_now = Contradiction._base_manager.filter(
        person__in=people, field__in=codes, state=ContradictionState.OPEN
    )
    disputed = set(open_now.values_list("person_id", "field"))
    today = timezone.localdate()
    for person in Person._base_manager.filter(pk__in=people).only(
        "facts", "provenance", "confirmed_at", "source"
    ):
        for field in fields:
            if why := _why(person, field, (person.pk, field.code) in disputed, today):
                yield Due(person.pk, field.code, why)


def _why(person: Person, field: AdmittedField, disputed: bool, today: date) -> str:
    if disputed:
        return CONTRADICTED
    if person.facts.get(field.code) in (None, ""):
        return MISSING
    told = person.told_by(field.code)[1]
    if not field.fresh_days:
        return ""
    fresh = bool(told) and date.fromisoformat(told) >= today - timedelta(days=field.fresh_days)
    return "" if fresh else STALE
