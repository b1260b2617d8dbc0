"""Which ledgers somebody stands in: what one visit brought up to date (spec 5.2 point 3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet, Value
from django.utils import timezone

from wangge.registry.people.models import Tie

from ..outgoing.catalogue import LEDGERS, Ledger, columns_of, ledger_named
from ..outgoing.limits import limits_on
from ..outgoing.selection import Selection, as_of


def ledgers_holding(people: Collection[int], facts: Iterable[str], area: str) -> list[str]:
    """The codes of the ledgers of ``area`` that name one of these people and show one of these facts, by the
    ledgers' own definitions, today; in the order of the catalogue."""
    asked = set(facts)
    if not people or not asked:
        return []
    shown = [ledger for ledger in LEDGERS if asked & set(columns_of(ledger))]
    held = [rows for ledger in shown for rows in _held(ledger, people, area)]
    codes = {code for (code,) in held[0].union(*held[1:])} if held else set()  # all of them in one statement
    return [ledger.code for ledger in shown if ledger.code in codes]


def _held(ledger: Ledger, people: Collection[int], area: str) -> Iterator[QuerySet[Any, Any]]:
    """The ledger's code once for each way in which it names one of them."""
    selection = Selection(ledger, area, as_of(), limits_on(timezone.localdate()))
    held = Tie._base_manager.order_by().filter(selection.moment.holds(), person__in=people)
    for branch in selection.branches():
        named = held.filter(branch.tie, branch.person, kind=branch.kind)
        yield named.annotate(of_ledger=Value(ledger.code)).values_list("of_ledger")


def ledger_names(codes: Iterable[str]) -> list[str]:
    """How people call these ledgers."""
    return [str(ledger_named(code).name) for code in codes]
