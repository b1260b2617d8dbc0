"""Everybody in the register, and every row that waits, as records to compare.

Id numbers and phones are opened in memory only. The number of queries does not grow with the register.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import polars as pl
from django.db.models import F

from wangge.lib.sealing import unseal_many
from wangge.registry.ledgers.enums import CaseState
from wangge.registry.ledgers.models import Case
from wangge.registry.people.enums import PersonStatus, TieKind
from wangge.registry.people.models import Household, Organisation, Person, Room, Tie

CHUNK = 50_000
PRESENT = (PersonStatus.ACTIVE, PersonStatus.PENDING)
TEXTS = ("id_no", "name", "sex", "birth", "phone", "address", "head", "employer")
SCHEMA = {"pk": pl.Int64, **dict.fromkeys(TEXTS, pl.String), "id_index": pl.String}


@dataclass(frozen=True)
class WaitingRow:
    """A row of an import that waits beside a person."""

    case: int
    person: int
    key: str
    alone: bool  # no other open question about the same row


@dataclass(frozen=True)
class Records:
    """The records: persons first, then waiting rows. ``frame`` has the columns of ``linking.COLUMNS``;
    ``persons`` the key of each person, ``indexes`` the blind index of each one's number or None."""

    frame: pl.DataFrame
    persons: list[int]
    indexes: list[str | None]
    rows: list[WaitingRow]


def read_records(persons: Sequence[int] | None = None) -> Records:
    """The whole register; or a few persons only, by key, without waiting rows."""
    people = _people(persons)
    people = people.join(_homes(persons), on="pk", how="left", maintain_order="left")
    people = people.join(_employers(persons), on="pk", how="left", maintain_order="left")
    rows, facts = _rows() if persons is None else ([], _frame([]))
    frame = pl.concat([people.select(TEXTS), facts.select(TEXTS)])
    numbered = frame.insert_column(
        0, pl.int_range(frame.height, eager=True).cast(pl.String).alias("record_id")
    )
    return Records(numbered, people["pk"].to_list(), people["id_index"].to_list(), rows)


def _chunks(rows: Iterable[tuple]) -> Iterator[list[tuple]]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _people(persons: Sequence[int] | None) -> pl.DataFrame:
    found = Person._base_manager.filter(status__in=PRESENT)
    if persons is not None:
        found = found.filter(pk__in=persons)
    columns = ("pk", "name", "sex", "birth", "id_index", "id_sealed", "phone_sealed", "phone2_sealed")
    rows = found.order_by("pk").values_list(*columns).iterator(chunk_size=CHUNK)
    frames = [_opened(chunk) for chunk in _chunks(rows)]
    return pl.concat(frames) if frames else _opened([])


def _opened(chunk: list[tuple]) -> pl.DataFrame:
    pks, names, sexes, births, indexes, ids, phones, seconds = [
        list(column) for column in zip(*chunk, strict=True)
    ] or [[] for _column in range(8)]
    both = zip(unseal_many(phones), unseal_many(seconds), strict=True)
    columns = {
        "pk": pks, "name": names, "sex": sexes, "birth": [day and day.isoformat() for day in births],
        "id_index": indexes, "id_no": unseal_many(ids),
        "phone": [f"{one}/{two}" if one and two else one or two for one, two in both],
    }  # fmt: skip
    return pl.DataFrame(columns, schema={name: SCHEMA[name] for name in columns})


def _current(kind: str, persons: Sequence[int] | None, *columns: str) -> Iterator[tuple]:
    ties = Tie._base_manager.filter(kind=kind, known_to=None, valid_to=None)
    if persons is not None:
        ties = ties.filter(person__in=persons)
    return ties.order_by().values_list("person_id", *columns).iterator(chunk_size=CHUNK)


def _homes(persons: Sequence[int] | None) -> pl.DataFrame:
    """The home of each person as text, and the name of the head of the household; the latest tie speaks."""
    ties = _table(
        _current(TieKind.LIVES, persons, "pk", "room_id", "household_id"),
        {"pk": pl.Int64, "tie": pl.Int64, "room": pl.Int64, "household": pl.Int64},
    )
    ties = ties.sort("tie").unique("pk", keep="last")
    few = persons is not None
    rooms = _rooms(ties["room"].drop_nulls().to_list() if few else None)
    heads = _heads(ties["household"].drop_nulls().to_list() if few else None)
    homes = ties.join(rooms, on="room", how="left").join(heads, on="household", how="left")
    return homes.select("pk", "address", "head")


def _rooms(keys: Sequence[int] | None) -> pl.DataFrame:
    found = Room._base_manager.all() if keys is None else Room._base_manager.filter(pk__in=keys)
    rows = found.order_by().values_list("pk", "building__name", "unit", "door").iterator(chunk_size=CHUNK)
    texts = (
        (pk, f"{building}{unit}单元{door}" if unit else f"{building}{door}")
        for pk, building, unit, door in rows
    )
    return _table(texts, {"room": pl.Int64, "address": pl.String})


def _heads(keys: Sequence[int] | None) -> pl.DataFrame:
    found = Household._base_manager.exclude(head=None)
    found = found if keys is None else found.filter(pk__in=keys)
    rows = found.order_by().annotate(called=F("head__name")).values_list("pk", "called")
    return _table(rows.iterator(chunk_size=CHUNK), {"household": pl.Int64, "head": pl.String})


def _employers(persons: Sequence[int] | None) -> pl.DataFrame:
    works = _table(
        _current(TieKind.WORKS, persons, "pk", "organisation__name"),
        {"pk": pl.Int64, "tie": pl.Int64, "employer": pl.String},
    )
    return works.sort("tie").unique("pk", keep="last").select("pk", "employer")


def _table(rows: Iterable[tuple], schema: dict[str, Any]) -> pl.DataFrame:
    frames = [pl.DataFrame(chunk, schema=schema, orient="row") for chunk in _chunks(rows)]
    return pl.concat(frames) if frames else pl.DataFrame(schema=schema)


def _frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(TEXTS, pl.String), orient="row")


def _rows() -> tuple[list[WaitingRow], pl.DataFrame]:
    """The waiting rows of all imports, one a row of a file; a row with several questions is read once a
    question and never settled by a machine."""
    cases = list(
        Case._base_manager.filter(state=CaseState.OPEN).order_by("pk")
        .values_list("pk", "person_id", "key", "offered_sealed")
    )  # fmt: skip
    keys = [key for _pk, _person, key, _offered in cases]
    often = {key for key, times in Counter(keys).items() if times > 1}
    offers = [
        json.loads(text) if text else {"facts": {}, "ties": []} for text in unseal_many([c[3] for c in cases])
    ]
    ties = [tie for offer in offers for tie in offer["ties"]]
    places = _places(ties)
    rows = [WaitingRow(pk, person, key, key not in often) for pk, person, key, _offered in cases]
    return rows, _frame([_record(offer, places) for offer in offers])


Places = tuple[dict[int, str], dict[int, str], dict[int, str]]


def _places(ties: list[dict[str, Any]]) -> Places:
    wanted = {
        name: [tie[name] for tie in ties if tie.get(name)] for name in ("room", "household", "organisation")
    }
    firms = Organisation._base_manager.filter(pk__in=wanted["organisation"]).values_list("pk", "name")
    rooms, heads = _rooms(wanted["room"]), _heads(wanted["household"])
    return dict(rooms.iter_rows()), dict(heads.iter_rows()), dict(firms)


def _record(offer: dict[str, Any], places: Places) -> dict[str, Any]:
    facts, (rooms, heads, firms) = offer["facts"], places
    home: dict[str, Any] = next((tie for tie in offer["ties"] if tie["kind"] == TieKind.LIVES), {})
    work: dict[str, Any] = next((tie for tie in offer["ties"] if tie["kind"] == TieKind.WORKS), {})
    told = {name: facts.get(name) or None for name in ("id_no", "name", "sex", "birth", "phone")}
    return {
        **told,
        "address": rooms.get(home.get("room") or 0) or facts.get("residence"),
        "head": heads.get(home.get("household") or 0),
        "employer": firms.get(work.get("organisation") or 0) or facts.get("employer"),
    }
