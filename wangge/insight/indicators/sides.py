"""What stands above and below the line: measures of kept counts with a weight, of some systems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q
from django.utils.functional import Promise

from ..queries import sums as kept
from ..queries.asked import Asked
from ..queries.rows import number
from .figure import Figure, Shape

ONE = Fraction(1)


@dataclass(frozen=True)
class Side:
    """Σ weight × measure, over the systems in ``only`` (none named: all) that are not in ``but``."""

    terms: Mapping[str, Fraction]
    only: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()

    def counts(self, system: str) -> bool:
        """Whether matters of a system are in it."""
        return (not self.only or system in self.only) and system not in self.but

    @property
    def systems(self) -> Q:
        """The same over rows."""
        found = ~Q(system__in=sorted(self.but)) if self.but else Q()
        return found & Q(system__in=sorted(self.only)) if self.only else found

    def rows(self, measure: str, sums: kept.Sums) -> int:
        """How many count for one of its measures."""
        return sum(rows for system, rows in sums.get(measure, {}).items() if self.counts(system))

    def of(self, sums: kept.Sums) -> Fraction:
        """From kept counts."""
        told = (weight * rows for measure, weight in self.terms.items() if (rows := self.rows(measure, sums)))
        return sum(told, Fraction(0))

    def of_rows(self, asked: Asked) -> Fraction:
        """From the rows themselves; the same number."""
        told = (weight * number(asked, measure, self.systems) for measure, weight in self.terms.items())
        return sum(told, Fraction(0))


def side(*measures: str, only: frozenset[str] = frozenset(), but: frozenset[str] = frozenset()) -> Side:
    """The sum of some measures; one written "-name" is taken away."""
    terms = {name.lstrip("-"): -ONE if name.startswith("-") else ONE for name in measures}
    return Side(terms, only, but)


NOTHING = Side({})


@dataclass(frozen=True)
class Rate:
    """One indicator over kept counts; ``meaning`` is printed under the table."""

    code: str
    name: str | Promise
    part: Side
    whole: Side
    meaning: str | Promise
    shape: Shape = Shape.SHARE
    less_is_better: bool = False

    @property
    def measures(self) -> set[str]:
        """What it is made of."""
        return {*self.part.terms, *self.whole.terms}

    def counts_in(self, sums: kept.Sums) -> bool:
        """Whether anything of it is among these counts."""
        sides = (self.part, self.whole)
        return any(side.rows(measure, sums) for side in sides for measure in side.terms)

    def of(self, sums: kept.Sums) -> Figure:
        """The figure from kept counts."""
        return Figure(self.part.of(sums), self.whole.of(sums), self.shape)

    def of_rows(self, asked: Asked) -> Figure:
        """The figure from rows; the same."""
        return Figure(self.part.of_rows(asked), self.whole.of_rows(asked), self.shape)
