"""A number of the board, opened: the cases behind it and what each of them counts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet
from django.utils.functional import Promise

from wangge.engines.cases.models import Case

from ..queries.asked import Asked
from ..queries.rows import rows_of, times_of
from ..queries.sums import sums
from .elsewhere import Elsewhere
from .figure import plain
from .groups import groups
from .sides import Rate, Side


@dataclass(frozen=True)
class Number:
    """One side of an indicator. ``side`` is "part" or "whole"; "" where the indicator is a bare number."""

    of: Rate | Elsewhere
    side: str
    group: str

    @property
    def name(self) -> str | Promise:
        return self.of.name

    @property
    def meaning(self) -> str | Promise:
        return self.of.meaning

    @property
    def _terms(self) -> Side | None:
        if not isinstance(self.of, Rate):
            return None
        return self.of.whole if self.side == "whole" else self.of.part

    def rows(self, asked: Asked) -> QuerySet[Case]:
        """The cases in reach that it counts."""
        if isinstance(self.of, Elsewhere):
            return self.of.rows(self.side, asked)
        side = self._terms or Side({})
        return rows_of(asked, side.terms, side.systems)

    def told(self, asked: Asked) -> str:
        """The number itself, as the board says it."""
        side = self._terms
        if side is None:
            return plain(Fraction(self.rows(asked).count()))
        return plain(side.of(sums(asked, side.terms)))

    def times(self, case: Case, asked: Asked) -> str:
        """What one case counts, where that is not simply one."""
        side = self._terms
        if side is None:
            return ""
        each = (weight * times_of(case, asked, measure) for measure, weight in side.terms.items())
        counts = sum(each, Fraction(0))
        return "" if counts == 1 else plain(counts)


def number_of(code: str, side: str) -> Number | None:
    """The number an address names; None where there is none, or its rows are no cases."""
    for group in groups():
        for of in group.rates():
            if of.code == code and side in _sides(of):
                return Number(of, "" if _is_bare(of) else side, group.key)
    return None


def _sides(of: Rate | Elsewhere) -> tuple[str, ...]:
    if isinstance(of, Elsewhere) and not of.of_cases:
        return ()
    return ("part",) if _is_bare(of) else ("part", "whole")


def _is_bare(of: Rate | Elsewhere) -> bool:
    return isinstance(of, Rate) and not of.whole.terms
