"""Cases in bulk, with the columns that their steps would have written; and random histories by real steps."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import TRIED, a_unit, opened, step
from wangge.engines.cases import kinds
from wangge.engines.cases.actions import merge_case
from wangge.engines.cases.actions.chain import Wish
from wangge.engines.cases.actions.tallies import recount
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.procedures import procedure_of, row_for
from wangge.engines.cases.rules import steps_open_to
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.lib.figures import Period
from wangge.lib.serials import new_case_number

PHOTOS = (("a" * 64, "after"),)
EVERYBODY = {"worker", "community", "street", "district", "unit", "launcher", "reporter"}


def noon(day: date, hours: int = 0) -> datetime:
    """Noon of a day, or so many hours after."""
    return timezone.make_aware(datetime.combine(day, time(12))) + timedelta(hours=hours)


def made(many: int, day: date, **columns: Any) -> list[Case]:
    """So many cases registered at noon of a day, as if their steps had been taken."""
    kinds.register(TRIED)
    given: dict[str, Any] = {
        "system": "tried", "kind": "rubbish", "title": "楼下垃圾没人收", "source": "worker",
        "level": "third", "state": "closed", "area_code": cast.GRID, "raised_at": noon(day), "digest": "",
        "procedure": row_for("incident"), "procedure_key": "incident",
    }  # fmt: skip
    numbers: set[str] = set(Case._base_manager.values_list("number", flat=True))
    rows = []
    for _number in range(many):
        while (number := new_case_number(day.year)) in numbers:  # drawn before
            pass
        numbers.add(number)
        rows.append(Case(op=uuid4(), number=number, **(given | columns)))
    return Case._base_manager.bulk_create(rows)


def settled() -> None:
    """The counts of what was made in bulk."""
    recount(repair=True)


def this_month() -> Period:
    """From the first of this month to the last."""
    first = timezone.localdate().replace(day=1)
    return Period(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))


def random_histories(seed: int, many: int = 25) -> None:
    """Cases of several kinds, areas and finders, each some random steps on its way, by the real actions."""
    dice, units = Random(seed), [a_unit(f"随机{seed}甲"), a_unit(f"随机{seed}乙")]
    cases = [
        opened(
            kind=dice.choice(["rubbish", "noise"]), source=dice.choice(["worker", "patrol", "resident"]),
            area=dice.choice([cast.GRID, cast.OTHER_GRID, cast.COMMUNITY, cast.TOWN]),
        )
        for _number in range(many)
    ]  # fmt: skip
    for case in cases:
        for _step in range(dice.randrange(12)):
            _walk(case, dice, units, cases)


def _walk(case: Case, dice: Random, units: list[Any], cases: list[Case]) -> None:
    case.refresh_from_db()
    able = steps_open_to(procedure_of(case), case, EVERYBODY)
    if not able:
        return
    rule = dice.choice(able)
    told: dict[str, Any] = {"words": "看过了", "photos": PHOTOS, "unit": dice.choice(units)}
    told |= {"until": timezone.now() + timedelta(days=dice.randrange(1, 9)), "place": (113.08, 22.6)}
    told |= {"rating": dice.choice([1, 2, 3]), "solved": dice.choice([True, False])}
    if "level" in rule.needs:
        told["level"] = dice.choice([level.key for level in procedure_of(case).levels])
    if "area" in rule.needs:
        told["area"] = dice.choice([cast.GRID, cast.OTHER_GRID])
    try:
        if "case" in rule.needs:
            wish = Wish(rule.key, uuid4(), other=dice.choice(cases), words="同一件")
            merge_case(actor="test", case=case, wish=wish)
        else:
            step(case, rule.key, as_reporter="reporter" in rule.roles, **told)
    except (Unacceptable, Refused):
        pass  # not everything can be done to everything; what was done counts


def spread(seed: int) -> None:
    """The same cases over several months, some in time and some not; their counts are made anew."""
    dice = Random(seed)
    for case in Case._base_manager.all():
        day = timezone.now() - timedelta(days=dice.randrange(120), minutes=dice.randrange(1440))
        due = day + timedelta(days=dice.randrange(1, 20))
        ends: dict[str, Any] = {"raised_at": day}
        for name in ("close_due", "handle_due", "verify_due"):
            if getattr(case, name) is not None:
                ends[name] = due
        for name in ("filed_at", "handled_at", "verified_at", "closed_at"):
            if getattr(case, name) is not None:
                ends[name] = due + timedelta(minutes=dice.randrange(-4000, 2000))
        Case._base_manager.filter(pk=case.pk).update(**ends)
    settled()
