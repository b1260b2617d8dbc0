"""One file against the register, chunk by chunk: the dry run and the import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from wangge.registry.people.enums import RoomState

from ..enums import Outcome
from .decide import Decision, Offer, decide
from .folding import Folded, fold
from .likeness import Doubt
from .matching import Matches, match
from .newcomers import plain_rows, write_newcomers
from .offers import File, employer_key, offer_of, ties_of
from .organisations import Organisations
from .places import Doors
from .writing import Clash, Stamp, write_contradictions, write_decisions, write_persons, write_ties

EXAMPLES = 20
# the dictionary's code list room_state → the register's
ROOM_STATES = dict(zip("123456", (state.value for state in RoomState), strict=True))

ORGANISATION_FACTS = {"phone_sealed": "org_phone", "address": "org_address"}


class Run:
    """What became of each row of a file so far. ``person`` and ``outcome`` are by row of the frame."""

    def __init__(
        self, file: File, doors: Doors, organisations: Organisations, prefix: str, stamp: Stamp
    ) -> None:
        self.file, self.doors, self.organisations = file, doors, organisations
        self.prefix, self.stamp = prefix, stamp
        count = file.frame.height
        self.outcome: list[str] = [""] * count
        self.person: list[int | None] = [None] * count
        self.changed: dict[int, list[str]] = {}
        self.filled: dict[int, list[str]] = {}
        self.doubts: dict[int, Doubt] = {}
        self.asked: dict[
            int, tuple[int, float, tuple[str, ...]]
        ] = {}  # row → (row of the other, score, reasons)
        self.examples: dict[str, list[tuple[int, Decision | None, Any]]] = {}

    @property
    def rows(self) -> int:
        """Rows of the ledger itself, without the owners read beside them."""
        return len(self.outcome) - sum(self.file.columns["aside"])

    @property
    def counts(self) -> dict[str, int]:
        """Rows by outcome, every outcome named."""
        aside = self.file.columns["aside"]
        counted = Counter(outcome for outcome, beside in zip(self.outcome, aside, strict=True) if not beside)
        return {outcome.value: counted.get(outcome.value, 0) for outcome in Outcome}

    def process(self, start: int, stop: int, *, write: bool) -> None:
        """Decide the rows start..stop; with ``write`` make the register so. Needs a transaction then."""
        self._refuse(start, stop)
        rows = [row for row in range(start, stop) if not self.outcome[row] and self.file.leaders[row] == row]
        names = self.file.columns["name"]
        if firms := [row for row in rows if names[row] is None]:  # a sheet of firms, maybe beside ledgers
            self._process_organisations(firms, write)
            rows = [row for row in rows if names[row] is not None]
        self._look_up_places(rows, write)
        matches = match(self.file, rows, self.doors)
        known = [row for row in rows if row in matches.held]
        self._load([*known, *[row for row in rows if row in self.file.repeats]])
        new = self._decide_unknown([row for row in rows if row not in matches.held], matches)
        self._apply_known(known, matches, write)
        self._apply_new(new, write)

    def _load(self, rows: Sequence[int]) -> None:
        """Fetch what these leading rows say and what later rows add."""
        self.file.load(dict.fromkeys(m for row in rows for m in (row, *self.file.repeats.get(row, ()))))

    def recall(self, done: int, results: Iterable[tuple[str, int | None]]) -> None:
        """After a kill: what the first ``done`` rows came to, and what follows for later rows of the same
        people."""
        for row, (outcome, person) in enumerate(results):
            self.outcome[row], self.person[row] = outcome, person
        leading = [row for row in self.file.repeats if row < done and self.person[row]]
        self._look_up_places(leading, write=False)
        self._load(leading)
        for row in leading:
            for member, outcome in self._folded(row).outcomes.items():
                self.outcome[member], self.person[member] = outcome, self.person[row]

    def _refuse(self, start: int, stop: int) -> None:
        for row, refused in enumerate(self.file.columns["refused"][start:stop], start):
            if refused:
                self.outcome[row] = Outcome.ERROR.value

    def _look_up_places(self, rows: Sequence[int], write: bool) -> None:
        repeats = self.file.repeats
        members: list[int] = []
        for row in rows:
            members += (row, *repeats[row]) if row in repeats else (row,)
        doors = {door.key: door for m in members if (door := self.file.doors[m]) is not None}
        missing = self.doors.find(d for d in doors.values() if d.community.startswith(self.prefix))
        firms = self.organisations.find(self.file, members) if self.file.staff_sheets else []
        if not write:
            self._pretend(missing, firms)
            return
        self.doors.make(missing, self.stamp.demo)
        self.organisations.make(self.file, firms, self.stamp)
        self.doors.ensure_households(self._households(members), self.stamp.demo)
        self.doors.describe(self._room_facts(members))

    def _pretend(self, missing: Iterable[Any], firms: Iterable[int]) -> None:
        """The dry run tells places apart that do not exist yet by negative numbers, and writes none."""
        for door in missing:
            self.doors.rooms[door.key] = -len(self.doors.rooms) - 1
        for row in firms:
            self.organisations.ids[employer_key(self.file, row)] = -len(self.organisations.ids) - 1

    def _room_facts(self, members: Iterable[int]) -> dict[str, dict[str, str]]:
        """What the ledger says of the rooms themselves."""
        told: dict[str, dict[str, str]] = {}
        for fact, codes in (("room_state", ROOM_STATES), ("room_use", None)):
            column = self.file.columns.get(fact)
            for member in members if column else ():
                door, value = self.file.doors[member], column[member]  # type: ignore[index]
                if value and door and door.key in self.doors.rooms:
                    kept = codes.get(value, "") if codes else value[:20]
                    told.setdefault(door.key, {})[fact.removeprefix("room_")] = kept
        return told

    def _households(self, members: Iterable[int]) -> Iterable[tuple[int, str, str, str]]:
        regions, kinds = self.file.columns.get("hukou_region"), ("hukou", "floating")
        rooms, areas, households = self.doors.rooms, self.doors.areas, self.file.households
        keys, home = self.file.columns["door"], self.prefix[:6]
        for member in members:
            key = keys[member]
            if key and (room := rooms.get(key)):
                away = bool(regions and regions[member] and regions[member] != home)
                yield room, households[member], areas[key], kinds[away]

    def _decide_unknown(self, rows: Sequence[int], matches: Matches) -> list[int]:
        """Rows nobody in the register answers to: new, or waiting for a human."""
        new: list[int] = []
        for row in rows:
            ask = self.file.asks.get(row)
            if row in matches.waiting:
                self.outcome[row] = Outcome.CONFLICT.value
            elif row in matches.doubts:
                self.doubts[row] = matches.doubts[row]
                self.outcome[row] = Outcome.CONFLICT.value
            elif ask and self.file.leaders[ask.other] not in self.asked:
                self.asked[row] = (ask.other, ask.score, ask.reasons)
                self.outcome[row] = Outcome.CONFLICT.value
            else:
                new.append(row)
        for row in [row for row in rows if self.outcome[row]]:
            for member in self.file.repeats.get(row, ()):
                self.outcome[member] = Outcome.DUPLICATE.value
        return new

    def offer(self, row: int) -> Offer:
        return offer_of(self.file, row, self.doors, self.organisations.ids, self.prefix)

    def _folded(self, row: int) -> Folded:
        return fold(self.offer(row), [self.offer(later) for later in self.file.repeats.get(row, ())])

    def _apply_known(self, rows: Sequence[int], matches: Matches, write: bool) -> None:
        decided = []
        for row in rows:
            held, folded = matches.held[row], self._folded(row)
            decision = decide(held, folded.offer, self.stamp.source)
            decision.contradictions += folded.contradictions
            self._note(row, held.pk, decision, folded)
            decided.append((held, decision))
            self._example(row, decision, held)
        if write:
            write_decisions(decided, self.stamp)

    def _note(self, row: int, pk: int, decision: Decision, folded: Folded) -> None:
        own = [clash for clash in decision.contradictions if clash not in folded.contradictions]
        outcome = (
            Outcome.CONFLICT
            if own
            else Outcome.UPDATE
            if decision.updates or decision.begin
            else Outcome.UNCHANGED
        )
        self.outcome[row], self.person[row] = outcome.value, pk
        if decision.filled:
            self.filled[row] = decision.filled
        if decision.changed or own:
            self.changed[row] = decision.changed + [f"!{fact}" for fact, _held, _offered in own]
        for member, outcome_of_member in folded.outcomes.items():
            self.outcome[member], self.person[member] = outcome_of_member, pk

    def _apply_new(self, rows: Sequence[int], write: bool) -> None:
        for row in rows:
            self.outcome[row] = Outcome.NEW.value
        for row in rows[:EXAMPLES]:
            self._example(row, None, None)
        repeated = {row: self._folded(row) for row in rows if row in self.file.repeats}
        for folded in repeated.values():
            for member, outcome in folded.outcomes.items():
                self.outcome[member] = outcome
        if write and rows:
            plain = plain_rows(self.file, rows, self.prefix)
            if plain:
                ids = write_newcomers(self.file, plain, self.doors, self.prefix, self.stamp)
                for row, pk in zip(plain, ids, strict=True):
                    self.person[row] = pk
            self._write_new([row for row in rows if self.person[row] is None], repeated)

    def _write_new(self, rows: Sequence[int], repeated: dict[int, Folded]) -> None:
        if not rows:
            return
        self.file.load([*(row for row in rows if row not in repeated)])
        texts: list[dict[str, Any]] = [{} for _row in rows]  # what no firm or room of the register answers to
        ties = [
            repeated[row].offer.ties
            if row in repeated
            else ties_of(self.file, row, self.doors, self.organisations.ids, self.prefix, text)
            for row, text in zip(rows, texts, strict=True)
        ]
        ids = write_persons(self._columns(rows, repeated, texts), len(rows), self.stamp)
        people = [pk for pk, of_person in zip(ids, ties, strict=True) for _tie in of_person]
        write_ties(people, [tie for of_person in ties for tie in of_person], self.stamp)
        for row, pk in zip(rows, ids, strict=True):
            self.person[row] = pk
            for member in self.file.repeats.get(row, ()):
                self.person[member] = pk
        self._raise_folded(rows, ids, repeated)

    def _raise_folded(self, rows: Sequence[int], ids: Sequence[int], repeated: dict[int, Folded]) -> None:
        """Rows of one file that contradict one another about a new person."""
        clashes = [
            Clash(pk, repeated[row].offer.ties[0].area_code, *clash, trust=self.stamp.source)
            for row, pk in zip(rows, ids, strict=True)
            if row in repeated
            for clash in repeated[row].contradictions
        ]
        write_contradictions(clashes, self.stamp)

    def _columns(
        self, rows: Sequence[int], repeated: dict[int, Folded], texts: Sequence[dict[str, Any]]
    ) -> dict[str, list[Any]]:
        """Facts of new persons by column."""
        held = [fact for fact in self.file.facts if fact in self.file.columns]
        columns = self.file.frame.select(held)[list(rows)].to_dict(as_series=False)
        for at, row in enumerate(rows):
            more = repeated[row].offer.facts if row in repeated else texts[at]
            for fact, value in more.items():
                columns.setdefault(fact, [None] * len(rows))[at] = value
        return columns

    def _process_organisations(self, rows: Sequence[int], write: bool) -> None:
        """A sheet of firms: a new code or name is a new firm, a known one is brought up to date."""
        new = set(self.organisations.find(self.file, rows))
        known = [row for row in rows if row not in new]
        changes = self.organisations.changes(self.file, known, self.stamp)
        if write:
            self.organisations.make(self.file, sorted(new), self.stamp)
            self.organisations.write_changes(self.file, changes, self.stamp)
        else:
            self._pretend((), new)
        seen: set[str] = set()
        for row in rows:
            key = employer_key(self.file, row)
            outcome = Outcome.NEW if row in new else Outcome.DUPLICATE if key in seen else Outcome.UNCHANGED
            outcome = Outcome.UPDATE if row in changes else outcome
            self.changed |= (
                {row: [ORGANISATION_FACTS.get(f, f) for f in changes[row]]} if row in changes else {}
            )
            self.outcome[row] = (outcome if key else Outcome.ERROR).value
            seen.add(key)

    def _example(self, row: int, decision: Decision | None, held: Any) -> None:
        kept = self.examples.setdefault(self.outcome[row], [])
        if len(kept) < EXAMPLES:
            kept.append((row, decision, held))
