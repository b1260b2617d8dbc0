"""Coming in: the phone by a one-time code, and the last six of the id number.

Both, always: a phone number goes from hand to hand, and several people may have given the same one. A wrong
code says so, because it says nothing about anybody; everything else (no such person, other digits, too many
guesses) is one answer that takes one time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from wangge.foundation.journal import actions as journal
from wangge.foundation.proofs import actions as proofs
from wangge.foundation.territory.queries import setting
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.enums import PersonStatus
from wangge.registry.people.models import Person

from ..models import Miss

PURPOSE = "rights.enter"
TAIL = 6
MISSES = 5  # a day and phone; setting rights.misses
STEADY = 0.4  # seconds an answer takes at least, found or not


@dataclass(frozen=True)
class Entered:
    """Whose phone was proved, and whose data it opens; ``person`` None is everybody else."""

    phone_index: str
    person: Person | None


def enter(*, proof_key: str, code: str, tail: str) -> Entered:
    """Prove the phone, then find the one person with it whose id number ends so.

    Raises:
        NotProved: the code is wrong or over.
    """
    phone = proofs.check_code(proof_key, code, purpose=PURPOSE)
    with steady(STEADY), within(EVERYWHERE):
        found = _with_tail(phone, tail.strip().upper())
        person = found[0] if len(found) == 1 and _may_guess(phone) else None
        if person is None:
            _miss(phone)
        else:
            _note(person)
    return Entered(phone, person)


@contextmanager
def steady(seconds: float) -> Iterator[None]:
    """Whatever happens inside, it takes this long: how much was found does not show in the time."""
    begun = time.monotonic()
    try:
        yield
    finally:
        time.sleep(max(0.0, seconds - (time.monotonic() - begun)))


def _with_tail(phone_index: str, tail: str) -> list[Person]:
    if len(tail) != TAIL:
        return []
    gone = (PersonStatus.MERGED, PersonStatus.DEAD)
    rows = Person.objects.filter(phone_index=phone_index).exclude(phone_index="").exclude(status__in=gone)
    return [row for row in rows[:50] if constant_time_compare(row.id_no[-TAIL:].upper(), tail)]


def _may_guess(phone_index: str) -> bool:
    row = Miss.objects.filter(phone_index=phone_index, day=timezone.localdate()).first()
    return row is None or row.count < setting("rights.misses", MISSES)


@transaction.atomic
def _miss(phone_index: str) -> None:
    day = timezone.localdate()
    Miss.objects.bulk_create([Miss(phone_index=phone_index, day=day)], ignore_conflicts=True)
    Miss.objects.filter(phone_index=phone_index, day=day, count__lt=1000).update(count=F("count") + 1)


@transaction.atomic
def _note(person: Person) -> None:
    journal.record("rights.entered", actor="resident", area=person.area_code, subject=person)


@transaction.atomic
def note_copy(*, person: Person, by: Person | None = None) -> None:
    """Write down that she took a copy of her data (or her child's) with her."""
    with within(EVERYWHERE):
        area = person.area_code
    told = {"by_guardian": by is not None}
    journal.record("rights.copied", actor="resident", area=area, subject=person, data=told)
