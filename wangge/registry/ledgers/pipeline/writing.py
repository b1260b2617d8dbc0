"""Offers and decisions → rows of the register. The caller holds the transaction and the lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import polars as pl

from wangge.lib.bulk import Same, reserve_ids, update_rows, write_rows
from wangge.lib.identifiers import id_code_of
from wangge.lib.pinyin import initials
from wangge.lib.sealing import blind_many, seal, seal_many
from wangge.registry.people.enums import ContradictionState, IdType, PersonStatus
from wangge.registry.people.models import Contradiction, Person, Tie

from .decide import Decision, TieOffer
from .register import COLUMNS_OF_FACTS, PLAIN, Held, further_facts

OTHER = IdType.OTHER.value


@dataclass(frozen=True)
class Stamp:
    """Who says so and when: source, the day spoken of, now, the batch, and whether it is demo data."""

    source: int
    day: date
    now: datetime
    batch: int | None
    demo: bool


def write_persons(columns: Mapping[str, Sequence[Any]], count: int, stamp: Stamp) -> list[int]:
    """Insert new persons given by column (fact → values, None where unknown); returns their keys. Blind
    indexes are made here unless they come as columns ``id_index`` and ``phone_index``, and the JSON of
    further facts unless it comes as ``facts``."""
    if not count:
        return []
    ids = reserve_ids(Person, count)

    def get(fact: str) -> Sequence[Any]:
        return columns.get(fact, Same(None, count))

    names, numbers = list(get("name")), list(get("id_no"))
    letters = {name: initials(name)[:20] for name in set(names)}
    rows: dict[str, Sequence[Any]] = {fact: _filled(get(fact)) for fact in PLAIN if fact != "birth"}
    rows |= {
        "id": ids,
        "name": names,
        "initials": [letters[name] for name in names],
        "birth": get("birth"),
        "id_type": [kind or _id_type(number) for kind, number in zip(get("id_type"), numbers, strict=True)],
        "id_sealed": seal_many(numbers),
        "id_index": [index or None for index in _blinded(columns, "id_index", "id_no", count)],
        "phone_sealed": _sealed(get("phone")),
        "phone_index": _filled(_blinded(columns, "phone_index", "phone", count)),
        "phone2_sealed": _sealed(get("phone2")),
        "facts": columns["facts"] if "facts" in columns else _facts(columns, count),
        "status": Same(PersonStatus.ACTIVE.value, count),
        "source": Same(stamp.source, count),
        "confirmed_at": Same(stamp.day.isoformat(), count),
        "provenance": Same("{}", count),
        "created_at": Same(stamp.now, count),
        "updated_at": Same(stamp.now, count),
        "demo": Same(stamp.demo, count),
    }
    write_rows(Person, rows)
    return ids


def _filled(values: Sequence[Any]) -> Sequence[Any]:
    if isinstance(values, pl.Series):
        return values.fill_null("")
    if isinstance(values, Same):
        return Same(values.value or "", len(values))
    return [value or "" for value in values]


def _blinded(columns: Mapping[str, Sequence[Any]], index: str, fact: str, count: int) -> Sequence[Any]:
    """A blind index: as given, or made of the fact."""
    if index in columns:
        return columns[index]
    return blind_many(list(columns[fact])) if fact in columns else Same("", count)


def _sealed(values: Sequence[Any]) -> Sequence[Any]:
    if isinstance(values, Same) and not values.value:
        return Same("", len(values))
    return seal_many(list(values))


def _facts(columns: Mapping[str, Sequence[Any]], count: int) -> Sequence[Any]:
    told = {fact: columns[fact] for fact in further_facts() if fact in columns}
    if not told:
        return Same("{}", count)
    return [
        {name: value for name, value in zip(told, values, strict=True) if value}
        for values in zip(*told.values(), strict=True)
    ]


def _id_type(number: str | None) -> str:
    if not number:
        return ""
    return id_code_of(number) if len(number) == 18 else OTHER


def write_ties(people: Sequence[int], ties: Sequence[TieOffer], stamp: Stamp) -> None:
    """Insert one tie for each person of ``people`` (which may repeat)."""
    if ties:
        columns = dict(zip(TieOffer._fields, map(list, zip(*ties, strict=True)), strict=True))
        write_tie_columns({"person": people, **columns}, len(ties), stamp)


def write_tie_columns(columns: Mapping[str, Sequence[Any]], count: int, stamp: Stamp) -> None:
    """Insert ties given by column."""
    if not count:
        return
    write_rows(
        Tie,
        {
            "id": reserve_ids(Tie, count),
            **columns,
            "known_from": Same(stamp.now, count),
            "source": Same(stamp.source, count),
            "confirmed_at": Same(stamp.day.isoformat(), count),
            "batch": Same(stamp.batch, count),
        },
    )


def write_decisions(decided: Sequence[tuple[Held, Decision]], stamp: Stamp) -> None:
    """Apply decisions to held persons: facts, ties begun and ended, contradictions."""
    _update_persons([(held, decision) for held, decision in decided if decision.updates], stamp)
    _end_ties(decided, stamp)
    begun = [(held.pk, tie) for held, decision in decided for tie in decision.begin]
    write_ties([pk for pk, _tie in begun], [tie for _pk, tie in begun], stamp)
    clashes = [(held, clash) for held, decision in decided for clash in decision.contradictions]
    write_contradictions([Clash.of(held, *clash) for held, clash in clashes], stamp)


class Clash(NamedTuple):
    """Two values of one fact of a person, and how much the source of the held one is trusted."""

    person: int
    area_code: str
    fact: str
    held: str
    offered: str
    trust: int

    @classmethod
    def of(cls, held: Held, fact: str, old: str, offered: str) -> Clash:
        area = held.ties[0].values["area_code"] if held.ties else ""
        return cls(held.pk, area, fact, old, offered, held.trust(fact))


def _update_persons(decided: Sequence[tuple[Held, Decision]], stamp: Stamp) -> None:
    """One statement a person over the columns any of them changes."""
    if not decided:
        return
    changed = [_changed_columns(held, decision, stamp) for held, decision in decided]
    names = sorted({name for columns in changed for name in columns})
    rows: dict[str, list[Any]] = {"id": [held.pk for held, _decision in decided]}
    for name in names:
        rows[name] = [
            columns[name] if name in columns else held.values[name]
            for (held, _decision), columns in zip(decided, changed, strict=True)
        ]
    rows["updated_at"] = [stamp.now] * len(decided)
    update_rows(Person, "id", rows)


def _changed_columns(held: Held, decision: Decision, stamp: Stamp) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    facts = dict(held.values["facts"])
    for fact, value in decision.updates.items():
        if fact == "id_no":
            columns |= {
                "id_sealed": seal(value),
                "id_index": blind_many([value])[0],
                "id_type": _id_type(value),
            }
        elif fact == "phone":
            columns |= {"phone_sealed": seal(value), "phone_index": blind_many([value])[0]}
        elif fact == "phone2":
            columns["phone2_sealed"] = seal(value)
        elif fact in COLUMNS_OF_FACTS:
            columns[fact] = value
        else:
            facts[fact] = value
    if facts != held.values["facts"]:
        columns["facts"] = facts
    provenance = dict(held.values["provenance"])
    provenance |= {fact: [stamp.source, stamp.day.isoformat()] for fact in decision.updates}
    return columns | {"provenance": provenance}


def _end_ties(decided: Sequence[tuple[Held, Decision]], stamp: Stamp) -> None:
    """The old belief is closed and what held until then is written down anew (bitemporal)."""
    ended = [(held, tie, day) for held, decision in decided for tie, day in decision.end]
    if not ended:
        return
    update_rows(
        Tie,
        "id",
        {"id": [tie.pk for _h, tie, _d in ended], "known_to": [stamp.now] * len(ended)},
    )
    past = [(held.pk, _past(tie.values, day or stamp.day.isoformat())) for held, tie, day in ended]
    kept = [(pk, tie) for pk, tie in past if tie is not None]
    write_ties([pk for pk, _tie in kept], [tie for _pk, tie in kept], stamp)


def _past(values: Mapping[str, Any], until: str) -> TieOffer | None:
    since = str(values["valid_from"]) if values["valid_from"] else None
    if since and since > until:
        return None
    return TieOffer(
        kind=values["kind"],
        area_code=values["area_code"],
        room=values["room"],
        household=values["household"],
        organisation=values["organisation"],
        relation=values["relation"],
        way=values["way"],
        reason=values["reason"],
        job=values["job"],
        valid_from=since,
        valid_to=until,
    )


def write_contradictions(clashes: Sequence[Clash], stamp: Stamp) -> None:
    """A difference that is already waiting is not raised again."""
    if not clashes:
        return
    people = {clash.person for clash in clashes}
    held = Contradiction._base_manager.filter(person__in=people, state=ContradictionState.OPEN)
    waiting = set(held.values_list("person_id", "field"))
    new = [clash for clash in clashes if (clash.person, clash.fact) not in waiting]
    write_rows(
        Contradiction,
        {
            "id": reserve_ids(Contradiction, len(new)),
            "person": [clash.person for clash in new],
            "area_code": [clash.area_code for clash in new],
            "field": [clash.fact for clash in new],
            "held_sealed": seal_many([clash.held for clash in new]),
            "offered_sealed": seal_many([clash.offered for clash in new]),
            "held_source": [clash.trust for clash in new],
            "offered_source": [stamp.source] * len(new),
            "batch": [stamp.batch] * len(new),
            "state": [ContradictionState.OPEN.value] * len(new),
            "raised_at": [stamp.now] * len(new),
            "decided_by": [""] * len(new),
        },
    )
