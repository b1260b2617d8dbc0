"""A register that has been quiet for long, and a day on which some of everything happens."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.cast import GRID, OTHER_GRID
from tests.registry.ledgers.import_cast import ZHANG, imported, row
from tests.registry.ledgers.ledger_cast import a_person, a_room, ago, lives
from wangge.foundation.journal.models import Entry
from wangge.registry.ledgers.models import Batch
from wangge.registry.ledgers.queries.changes import Difference
from wangge.registry.people import actions
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Departure, Merge, Person, Tie


def before_all_this() -> None:
    """All that is in the register so far was known long ago."""
    then = timezone.now() - timedelta(days=400)
    Person._base_manager.update(created_at=then)
    Tie._base_manager.update(known_from=then)
    Tie._base_manager.filter(known_to__isnull=False).update(known_to=then)
    Departure._base_manager.update(known_from=then)
    Merge._base_manager.update(at=then)
    Entry._base_manager.update(at=then)
    Batch._base_manager.update(finished_at=then)


def somebody_settled() -> Person:
    """Somebody who has lived here for long, known only by name, birth and a phone."""
    person = a_person("甲一", id_no="", source=Source.IMPORT)
    lives(person, since=ago(600), room=a_room())
    before_all_this()
    return person


def a_busy_day() -> None:
    """A day with some of everything in two communities."""
    for number in range(4):
        person = a_person(f"乙{number}", id_no="")
        lives(
            person,
            OTHER_GRID if number % 2 else GRID,
            since=ago(400),
            room=a_room(OTHER_GRID if number % 2 else GRID),
        )
    before_all_this()
    people = list(Person.objects.order_by("pk"))
    actions.move_person(actor="cli", person=people[0], on=ago(1), room=a_room(OTHER_GRID, "303"))
    actions.move_person(actor="cli", person=people[1], on=ago(1), room=a_room(GRID, "404"))
    actions.record_leave(actor="cli", person=people[2], on=ago(0))
    actions.update_person(actor="cli", person=people[3], facts={"education": "20"}, source=Source.SELF)
    actions.register_person(actor="cli", facts={"name": "甲九"}, room=a_room(OTHER_GRID), answer="new")
    imported([row("张三", 身份证号=ZHANG)])


def total(counted: Difference, **where: object) -> int:
    """How many changes agree with these (what, field, source, area)."""
    at = {"what": 0, "field": 1, "source": 2, "area": 3}
    wanted = [(at[name], value) for name, value in where.items()]
    return sum(n for key, n in counted.cells.items() if all(key[i] == value for i, value in wanted))
