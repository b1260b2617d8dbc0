"""Rows of the district's dictionary → facts, code lists and words."""

from __future__ import annotations

from django.db.models import Count, Max

from ..enums import FieldState
from ..models import AdmittedField, HeaderRuling
from .admitted import Admitted
from .codes import Code, CodeList, index_of
from .facts import Fact
from .said import Said


def stamp() -> tuple[object, ...]:
    """Changes whenever a row of the two tables does."""
    return tuple(
        value
        for model in (AdmittedField, HeaderRuling)
        for value in model.objects.aggregate(n=Count("pk"), at=Max("changed_at")).values()
    )


def read(stamp: tuple[object, ...], edition: int) -> Admitted:
    """Everything in force."""
    every = list(AdmittedField.objects.all())
    rows = [row for row in every if row.state == FieldState.ADMITTED]
    rulings = HeaderRuling.objects.values_list("header", "fact", "reason")
    told = [(header, fact, why) for header, fact, why in rulings]
    ledgers: dict[str, list[str]] = {}
    for row in rows:
        for ledger in row.ledgers:
            ledgers.setdefault(ledger, []).append(row.code)
    return Admitted(
        facts={row.code: fact_of(row) for row in every},
        lists={row.code: list_of(row) for row in every if row.kind == "code"},
        words={header: fact for header, fact, _why in told if fact},
        declined={header: why for header, fact, why in told if not fact},
        ledgers={ledger: tuple(codes) for ledger, codes in ledgers.items()},
        of_persons=tuple(row.code for row in rows if row.target == "person"),
        withdrawn=frozenset(row.code for row in every if row.state == FieldState.WITHDRAWN),
        stamp=stamp,
        edition=edition,
    )


def fact_of(row: AdmittedField) -> Fact:
    """The fact a row describes."""
    return Fact(
        code=row.code,
        name=row.name,
        name_en=row.name_en or row.name,
        target=row.target,
        kind=row.kind,
        codes={"code": row.code, "mark": "mark"}.get(row.kind, ""),
        mandatory=False,
        level=row.level,
        purpose=Said(row.purpose, ""),
        basis=Said(row.basis, ""),
        retention=Said(row.retention, ""),
        fresh_days=row.fresh_days,
        synonyms=tuple(row.synonyms),
        definition=Said(row.definition, ""),
    )


def list_of(row: AdmittedField) -> CodeList:
    """The code list of a row."""
    codes = tuple(
        Code(value, label, english or label, tuple(words)) for value, label, english, words in row.codes
    )
    return CodeList(row.code, row.name, "准入字段", codes, index_of(codes))
