"""One look at the register: read, weighed, and what would follow. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wangge.lib.linking import Linked, link
from wangge.lib.scoping import Reach, prefix_of
from wangge.registry.people.models import Tie

from .limits import Limits, limits
from .memory import remembered
from .planning import Plan, plan
from .records import Records, read_records

WORTH = 0.001  # pairs under this probability are not even counted as apart
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Look:
    """What was read and found, and what follows."""

    records: Records
    linked: Linked
    plan: Plan
    limits: Limits
    inside: set[int] | None

    def counts(self) -> dict[str, int]:
        """Figures of the run, each counted."""
        return {
            "records": self.records.frame.height,
            "persons": len(self.records.persons),
            "rows": len(self.records.rows),
            "compared": sum(load.pairs for load in self.linked.loads),
            **self.plan.counts(),
        }

    def rates(self) -> dict[str, Any]:
        """Chance agreement as measured on these records."""
        rates = self.linked.rates
        names = ("phone", "home", "employer", "head", "latin")
        return {name: float(f"{getattr(rates, name):.3g}") for name in names}


def look(*, area_code: str, engine: str, tell: Tell = lambda stage: None) -> Look:
    """Read and weigh the register.

    Args:
        area_code: only pairs with a side in it. engine: a name in ``linking.ENGINES``. tell: told each stage.

    Raises:
        TooManyPairs: a rule would compare too many pairs. SparkUnreachable: no Spark answers.
    """
    tell("reading")
    bounds, records, inside = limits(), read_records(), persons_inside(area_code)
    linked = link(records.frame, engine=engine, upper=bounds.upper, lower=WORTH, progress=tell)
    found = plan(records, linked, remembered(), upper=bounds.upper, lower=bounds.lower, inside=inside)
    return Look(records, linked, found, bounds, inside)


def persons_inside(area_code: str) -> set[int] | None:
    """Who has a tie in the area; None when it is the whole district."""
    prefix = prefix_of(area_code)
    if len(prefix) <= 6:
        return None
    ties = Tie._base_manager.filter(Reach((prefix,)).q("area_code"), known_to=None)
    return set(ties.order_by().values_list("person_id", flat=True).distinct())
