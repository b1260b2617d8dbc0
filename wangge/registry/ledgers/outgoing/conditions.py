"""Who stands in which ledger: spec §2.5 as conditions on a person's dated ties.

A rule gives branches; a branch is a kind of tie, a condition on the tie, and one on the person. What a
rule asks about *other* ties of the person it asks of the whole register, so that a number does not change
with who looks; the rows themselves are filtered by reach where they are selected.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import BooleanField, Exists, F, OuterRef, Q
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Substr

from wangge.registry.people.enums import FROM_ABROAD, PersonStatus, TieKind
from wangge.registry.people.models import Departure, Tie
from wangge.registry.people.queries import from_elsewhere, gone_by

from .limits import Limits, months_before

LIVES, HUKOU, WORKS = TieKind.LIVES.value, TieKind.HUKOU.value, TieKind.WORKS.value
HOME_NATIONALITY = ("", "CHN")
GONE = [PersonStatus.DEAD.value, PersonStatus.LEFT.value]


@dataclass(frozen=True)
class Moment:
    """As of ``day``, as known ``known_at`` (None = as known now)."""

    day: date
    known_at: datetime | None = None

    def known(self) -> Q:
        """Ties the register believed in at that time."""
        if self.known_at is None:
            return Q(known_to=None)
        return Q(known_from__lte=self.known_at) & (Q(known_to=None) | Q(known_to__gt=self.known_at))

    def begun(self) -> Q:
        """Ties that had begun; one without a first day counts as begun."""
        return Q(valid_from=None) | Q(valid_from__lte=self.day)

    def holds(self) -> Q:
        """Ties that held on the day."""
        return self.known() & self.begun() & (Q(valid_to=None) | Q(valid_to__gt=self.day))

    def halves(self) -> tuple[Q, ...]:
        """The same in disjoint parts, each answered by its own partial index: ties believed still and open,
        believed still and ended later, and (of a former knowledge) believed then and given up since."""
        still = Q(known_to=None) & self.begun()
        if self.known_at is None:
            return still & Q(valid_to=None), still & Q(valid_to__gt=self.day)
        early = Q(known_from__lte=self.known_at)
        given_up = Q(known_to__gt=self.known_at) & early & self.begun()
        return (
            still & early & Q(valid_to=None),
            still & early & Q(valid_to__gt=self.day),
            given_up & (Q(valid_to=None) | Q(valid_to__gt=self.day)),
        )


# What Q and Exists become when joined: Django's stubs call it no more than this.
Condition = Q | Combinable


@dataclass(frozen=True)
class Branch:
    """One way into a ledger: by a tie of ``kind``, for which ``tie`` holds and of whose person ``person``."""

    kind: str
    tie: Condition = field(default_factory=Q)
    person: Condition = field(default_factory=Q)


Rule = Callable[[Moment, Limits], list[Branch]]


def among(column: str, keys: Sequence[int]) -> RawSQL:
    """Ties whose ``column`` is one of these: one parameter; thousands cost as much as the rows."""
    name = f'"people_tie"."{column}"'
    if connection.vendor == "postgresql":
        return RawSQL(f"{name} = ANY(%s::bigint[])", [list(keys)], output_field=BooleanField())
    kept = json.dumps(list(keys))
    return RawSQL(f"{name} IN (SELECT value FROM json_each(%s))", [kept], output_field=BooleanField())


def _other(moment: Moment, kind: str, condition: Q | None = None) -> Exists:
    """The person of a tie has another one of ``kind`` that holds."""
    rows = Tie._base_manager.filter(moment.holds(), kind=kind, person=OuterRef("person"))
    return Exists(rows.filter(condition) if condition is not None else rows)


def _same_community(moment: Moment, kind: str) -> Exists:
    rows = Tie._base_manager.filter(moment.holds(), kind=kind, person=OuterRef("person"))
    return Exists(
        rows.alias(here=Substr("area_code", 1, 12)).filter(here=Substr(OuterRef("area_code"), 1, 12))
    )


def _settled(since: date) -> Q:
    # A home without a first day stands in a register of residents: it counts as settled (docs/words.md).
    return Q(valid_from=None) | Q(valid_from__lte=since)


def _from(region: str) -> Q:
    return Q(person__hukou_region__gte=region, person__hukou_region__lt=region + ":")


def _resident(moment: Moment, limits: Limits) -> list[Branch]:
    since = months_before(moment.day, limits.resident_months)
    lived = Tie._base_manager.filter(moment.known(), moment.begun(), kind=LIVES, person=OuterRef("person"))
    here = Q(here=Substr(OuterRef("area_code"), 1, 12), valid_to__gt=since)
    lately = lived.alias(here=Substr("area_code", 1, 12)).filter(
        here | Q(valid_to=None) | Q(valid_to__gt=moment.day)
    )
    return [
        Branch(LIVES, _settled(since)),
        Branch(HUKOU, ~_other(moment, LIVES, _settled(since)) & Exists(lately)),
    ]


def _floating(moment: Moment, limits: Limits) -> list[Branch]:
    return [Branch(LIVES, person=from_elsewhere(limits.city))]


def _outside(moment: Moment, limits: Limits) -> list[Branch]:
    return [Branch(LIVES, person=from_elsewhere(limits.own_region))]


def _staff(moment: Moment, limits: Limits) -> list[Branch]:
    return [Branch(WORKS)]


def _hukou(moment: Moment, limits: Limits) -> list[Branch]:
    return [Branch(HUKOU)]


def _lodging(moment: Moment, limits: Limits) -> list[Branch]:
    return [Branch(LIVES, ~_same_community(moment, HUKOU), _from(limits.city))]


def _absent(moment: Moment, limits: Limits) -> list[Branch]:
    return [Branch(HUKOU, ~_same_community(moment, LIVES))]


def _together(moment: Moment, limits: Limits) -> list[Branch]:
    return [Branch(LIVES, Q(room__isnull=False) & _other(moment, HUKOU, Q(room=OuterRef("room"))))]


def _abroad(moment: Moment, limits: Limits) -> list[Branch]:
    foreign = ~Q(person__nationality__in=HOME_NATIONALITY) | Q(person__id_type__in=FROM_ABROAD)
    return [Branch(LIVES, person=foreign)]


def _short(moment: Moment, limits: Limits) -> list[Branch]:
    until = F("valid_from") + timedelta(days=limits.short_days)
    return [Branch(LIVES, Q(planned_until__isnull=False, valid_from__isnull=False, planned_until__lt=until))]


RULES: dict[str, Rule] = {
    "resident": _resident,
    "floating": _floating,
    "outside": _outside,
    "staff": _staff,
    "hukou": _hukou,
    "lodging": _lodging,
    "absent": _absent,
    "together": _together,
    "abroad": _abroad,
    "short": _short,
}


def registered(moment: Moment, today: date, at: str = "person__") -> Q:
    """Persons a ledger may name: no merged ones, and none who had died or left by that day as known then.
    Of rows whose going was never dated only today's ledgers know.

    Args:
        at: the way from the rows to the person, "" for persons themselves.
    """
    merged = ~Q(**{f"{at}status": PersonStatus.MERGED.value})
    left = Q(**{f"{at}status__in": GONE})
    if moment.known_at is None and moment.day >= today:
        return merged & ~left
    among_them = f"{at}pk__in"
    gone = Q(**{among_them: gone_by(moment.day, moment.known_at).values("person")})
    if moment.known_at is None or moment.day < today:
        return merged & ~gone
    return merged & ~gone & ~(left & ~Q(**{among_them: Departure._base_manager.values("person")}))
