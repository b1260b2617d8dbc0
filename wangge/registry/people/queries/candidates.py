"""Whom declarations may be, each way found by one index and asked once for all declarations together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from wangge.lib.bulk import find_rows
from wangge.lib.pinyin import initials
from wangge.lib.sealing import blind_many

from ..enums import PersonStatus
from ..models import Person, Tie

MOST = 60  # candidates by each index
ALIVE = f"status <> '{PersonStatus.MERGED.value}'"
LIVING = "known_to IS NULL AND valid_to IS NULL"


@dataclass(frozen=True)
class Asked:
    """What a declaration says of one person: name and what else is known of id_no, sex, birth (date or ISO
    text), phone; ``room`` is the key of the home's row."""

    facts: Mapping[str, Any]
    room: int | None = None

    @property
    def born(self) -> date | None:
        birth = self.facts.get("birth")
        return date.fromisoformat(birth) if isinstance(birth, str) and birth else birth or None


def candidates_of(asked: Sequence[Asked]) -> list[list[int]]:
    """The keys of persons each may be: whoever shares sound and birth, the phone or the room; the name alone
    is asked for only where nothing else is known, because a namesake is no likely person."""
    phones = dict(enumerate(blind_many([str(one.facts.get("phone") or "") for one in asked])))
    alone = [not one.born and not phones[at] and one.room is None for at, one in enumerate(asked)]
    ways = [
        _by_birth(one.born and (one.facts["name"], one.born) for one in asked),
        _by_sound(one.born and (initials(one.facts["name"])[:20], one.born) for one in asked),
        _by_one("phone_index", (phones[at] for at in range(len(asked))), f"phone_index <> '' AND {ALIVE}"),
        _by_one("name", (lone and one.facts["name"] for lone, one in zip(alone, asked, strict=True)), ALIVE),
        _by_room(one.room for one in asked),
    ]
    return [list(dict.fromkeys(key for way in ways for key in way[at][:MOST])) for at in range(len(asked))]


Found = list[list[int]]


def _by_birth(pairs: Iterable[Any]) -> Found:
    return _by_pair("name", list(pairs))


def _by_sound(pairs: Iterable[Any]) -> Found:
    return _by_pair("initials", list(pairs))


def _by_pair(column: str, pairs: Sequence[tuple[str, date] | None]) -> Found:
    """Persons by a column and the birth, joined with a list: each pair is one look into an index."""
    wanted = list(dict.fromkeys(pair for pair in pairs if pair))
    held: dict[tuple[str, str], list[int]] = defaultdict(list)
    if wanted:
        table = connection.ops.quote_name(Person._meta.db_table)
        text, day = ("::varchar", "::date") if connection.vendor == "postgresql" else ("", "")
        rows = ", ".join([f"(%s{text}, %s{day})"] * len(wanted))
        sql = (
            f"WITH asked(word, born) AS (VALUES {rows}) SELECT p.{column}, p.birth, p.id FROM asked "
            f"JOIN {table} p ON p.{column} = asked.word AND p.birth = asked.born WHERE p.{ALIVE} LIMIT %s"
        )
        values = [value for word, born in wanted for value in (word, born.isoformat())]
        with connection.cursor() as cursor:
            cursor.execute(sql, [*values, MOST * len(wanted)])
            for word, born, pk in cursor.fetchall():
                held[word, str(born)].append(pk)
    return [held.get((pair[0], pair[1].isoformat()), []) if pair else [] for pair in pairs]


def _by_one(column: str, values: Iterable[Any], where: str) -> Found:
    wanted = [value or "" for value in values]
    held: dict[str, list[int]] = defaultdict(list)
    for key, pk in find_rows(Person, column, list({v for v in wanted if v}), [column, "id"], where):
        held[key].append(pk)
    return [held.get(value, []) for value in wanted]


def _by_room(rooms: Iterable[int | None]) -> Found:
    wanted = list(rooms)
    held: dict[int, list[int]] = defaultdict(list)
    for room, person in find_rows(
        Tie, "room", list({r for r in wanted if r}), ["room_id", "person_id"], LIVING
    ):
        held[room].append(person)
    return [held.get(room, []) if room else [] for room in wanted]
