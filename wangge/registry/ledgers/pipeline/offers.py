"""A cleaned file → who it speaks of, and what it says of each: facts and ties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

import polars as pl

from wangge.lib.sealing import blind_many

from .decide import Offer, TieOffer
from .doors import Door
from .identity import Ask, find_asks, find_leaders
from .intake import Intake, Problem
from .places import Doors
from .register import PLAIN, further_facts

DERIVED = ("employer", "residence")  # kept as text only where no firm or room of the register answers
OWN = ("name", "id_no", "id_type", "phone", "phone2", "id_index", "phone_index", *PLAIN)
HEAD = ("01", "02")  # GB/T 4761


class Living(NamedTuple):
    """What a row says of where and how its person lives."""

    residence: str | None
    relation: str | None
    residence_way: str | None
    reason_come: str | None
    residence_since: str | None
    arrive_date: str | None
    leave_date: str | None
    planned_until: str | None
    hukou_region: str | None
    person_kind: str | None
    owns: str | None
    employer: str | None


LIVING = Living._fields


def person_facts() -> tuple[str, ...]:
    """What a ledger may say of persons: the register's own facts and those the district admitted."""
    return (*OWN, *[fact for fact in further_facts() if fact not in DERIVED])


class Columns(Mapping[str, list[Any]]):
    """The columns of a frame as lists, made when they are asked for first."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame, self.names = frame, frozenset(frame.columns)
        self.made: dict[str, list[Any]] = {}

    def __getitem__(self, name: str) -> list[Any]:
        if name not in self.made:
            if name not in self.names:
                raise KeyError(name)
            self.made[name] = self.frame[name].to_list()
        return self.made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.frame.columns)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __len__(self) -> int:
        return self.frame.width


@dataclass
class File:
    """Everything known of a file before the register is asked."""

    intake: Intake
    frame: pl.DataFrame
    doors: list[Door | None]
    leaders: list[int]
    asks: dict[int, Ask]
    keys: dict[int, str]  # row → keyed hash, for rows without an id number
    households: list[str]  # number or ordinal of the household inside its room
    staff_sheets: frozenset[int]
    columns: Columns = field(init=False)
    facts: tuple[str, ...] = field(default_factory=person_facts)
    told_of: tuple[str, ...] = field(init=False)
    living_of: Callable[[tuple[Any, ...]], tuple[Any, ...]] = field(init=False)
    repeats: dict[int, list[int]] = field(default_factory=dict)  # leading row → later rows of the same person
    first_of_all: bool = False  # the register held nobody when the import began, so nobody can be found
    told: dict[int, tuple[Any, ...]] = field(default_factory=dict)  # what ``load`` fetched, by row

    def __post_init__(self) -> None:
        """What to fetch of a row, and where in it stands how its person lives."""
        self.columns = Columns(self.frame)
        self.told_of = tuple(dict.fromkeys((*self.facts, *LIVING)))
        self.living_of = itemgetter(*map(self.told_of.index, LIVING))

    def load(self, rows: Iterable[int]) -> None:
        """Fetch what these rows say, in the place of what was fetched before."""
        wanted = list(rows)
        nothing = pl.lit(None, dtype=pl.String)
        facts = [pl.col(f) if f in self.frame.columns else nothing.alias(f) for f in self.told_of]
        said = self.frame[wanted].select(facts).iter_rows() if wanted else ()
        self.told = dict(zip(wanted, said, strict=True))

    def said(self, row: int) -> tuple[Any, ...]:
        """What one row says of ``told_of``; fetched now where nobody loaded it."""
        if row not in self.told:
            held, self.told = self.told, {}
            self.load([row])
            self.told |= held
        return self.told[row]

    def value(self, fact: str, row: int) -> Any:
        """A clean fact of a row, None where the file has no such column."""
        column = self.columns.get(fact)
        return column[row] if column is not None else None


def understand(intake: Intake, doors: Doors, prefix: str, staff_sheets: Iterable[int]) -> File:
    """Tell apart the people of a file.

    Args:
        prefix: area-code prefix the ledger was given for; rows of other communities are refused.
        staff_sheets: sheets whose rows are the staff of a firm.
    """
    frame = intake.frame
    communities, door_keys = doors.columns(frame, intake.doors)
    staff = frozenset(staff_sheets)
    refused = frame["refused"].to_list()
    _refuse_outside(intake, frame, communities, prefix, staff, refused)
    frame = frame.with_columns(
        pl.Series("refused", refused, dtype=pl.Boolean), pl.Series("door", door_keys, dtype=pl.String)
    )
    leaders = find_leaders(frame)
    asks = {ask.row: ask for ask in find_asks(frame, leaders)}
    file = File(intake, frame, intake.doors, leaders.to_list(), asks, _row_keys(frame), [], staff)
    file.households = _households(file)
    for row, leader in enumerate(file.leaders):
        if leader != row:
            file.repeats.setdefault(leader, []).append(row)
    return file


def _refuse_outside(
    intake: Intake,
    frame: pl.DataFrame,
    communities: Sequence[str | None],
    prefix: str,
    staff: frozenset[int],
    refused: list[bool],
) -> None:
    """Nobody writes into a community they may not see; staff of a firm may live elsewhere."""
    sheets = frame["sheet"].to_list()
    for row, code in enumerate(communities):
        if refused[row] or (code and code.startswith(prefix)) or (sheets[row] in staff and code):
            continue
        refused[row] = True
        problem = "outside_area" if code else "community_unknown"
        intake.problems.append(
            Problem(intake.names[sheets[row]], frame["number"][row], None, "", problem, refused=True)
        )


def _row_keys(frame: pl.DataFrame) -> dict[int, str]:
    """A keyed hash of all facts of each row that has no id number: the same row again is the same person."""
    facts = [
        c
        for c in frame.columns
        if c not in ("sheet", "number", "refused", "aside", "id_index", "phone_index", "door")
    ]
    index = pl.Series("row", range(frame.height), dtype=pl.Int64)
    bare = frame.with_columns(index).filter(frame["id_index"].is_null() & ~frame["refused"])
    text = bare.select(
        pl.concat_str([pl.col(f).fill_null("") for f in sorted(facts)], separator="|")
    ).to_series()
    return dict(zip(bare["row"].to_list(), blind_many(text.to_list(), "ledger_row"), strict=True))


def _households(file: File) -> list[str]:
    """Which household of its room a row belongs to: its own number, or the count of heads read so far
    ("" = the first), as ledgers list a head and then the members."""
    numbers = file.columns.get("household_no") or [None] * len(file.leaders)
    relations = file.columns.get("relation") or [None] * len(file.leaders)
    heads: dict[str, int] = {}
    result: list[str] = []
    for number, relation, door in zip(numbers, relations, file.columns["door"], strict=True):
        if number or not door:
            result.append((number or "")[:40])
            continue
        if relation in HEAD:
            heads[door] = heads.get(door, 0) + 1
        count = heads.get(door, 1)
        result.append("" if count <= 1 else str(count))
    return result


def offer_of(file: File, row: int, doors: Doors, organisations: dict[str, int], prefix: str) -> Offer:
    """What one row says of its person; rooms and firms must have been looked up before."""
    facts = zip(file.facts, file.said(row), strict=False)
    offer = Offer(row, {fact: value for fact, value in facts if value})
    offer.ties = ties_of(file, row, doors, organisations, prefix, offer.facts)
    return offer


def ties_of(
    file: File, row: int, doors: Doors, organisations: dict[str, int], prefix: str, facts: dict[str, Any]
) -> list[TieOffer]:
    """The ties a row speaks of; what no door or firm of the register answers to is put into ``facts``."""
    door = file.doors[row]
    staff = file.columns["sheet"][row] in file.staff_sheets
    inside = door is not None and door.community.startswith(prefix)
    told = Living(*file.living_of(file.said(row)))
    if told.residence and not (inside and door and door.building):
        facts["residence"] = told.residence
    ties: list[TieOffer] = []
    if inside and door and (door.building or not staff):
        ties.append(_residence(told, door, doors, file.households[row]))
        if told.hukou_region == prefix[:6] or (not told.hukou_region and told.person_kind == "1"):
            ties.append(TieOffer("hukou", ties[0].area_code))
    if staff:
        ties += _employment(file, row, doors, organisations, door, prefix)
    elif told.employer:
        facts["employer"] = told.employer
    return ties or [TieOffer("lives", door.community if door and inside else doors.home or prefix)]


def _employment(
    file: File, row: int, doors: Doors, organisations: dict[str, int], door: Door | None, prefix: str
) -> list[TieOffer]:
    firm = organisations.get(employer_key(file, row))
    if firm is None:
        return []
    area = doors.home or (door.community if door else "") or prefix
    return [TieOffer("works", area, organisation=firm)]


def _residence(told: Living, door: Door, doors: Doors, household: str) -> TieOffer:
    room = doors.rooms.get(door.key) if door.building else None
    since, until = told.residence_since or told.arrive_date, told.leave_date
    return TieOffer(
        "owns" if told.owns else "lives",
        doors.areas.get(door.key, door.community),
        room,
        doors.households.get((room, household)) if room else None,
        None,
        told.relation or "",
        told.residence_way or "",
        told.reason_come or "",
        "",
        since if not (since and until and since > until) else None,
        until,
        told.planned_until,
    )


def employer_key(file: File, row: int) -> str:
    """How the firm of a staff row is looked up: its code, or its name; "" when the row names none."""
    if file.columns["sheet"][row] not in file.staff_sheets:
        return ""
    code = file.value("employer_uscc", row) or file.value("org_uscc", row)
    return code or file.value("employer", row) or file.value("org_name", row) or ""
