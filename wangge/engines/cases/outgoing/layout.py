"""Where the parts of a procedure's picture stand: one column of states, under each the steps that leave it,
at the right lanes that carry the arrows to states that are not the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from wangge.lib.drawing import width_of, wrapped

from ..enums import Role
from ..reading.faults.clocks import spots_of
from ..reading.limits import limit_words
from ..reading.procedure import Procedure, State, Step

WIDE, EDGE, LANE, INDENT, PAD = 360.0, 6.0, 9.0, 34.0, 8.0
TO_LANES = 14.0  # from the column to the first lane: room for the point of an arrow
NARROWEST = 210.0  # of the column; a picture with very many lanes grows wider instead
SIZE, SMALL, LINE = 15.0, 12.0, 19.0
GAP = 18.0  # under the last step of a state
MANY = 3  # a step that leaves more states than this is drawn once, at the bottom


@dataclass(frozen=True)
class Line:
    """A line of text; ``tail`` follows it in small letters."""

    words: str
    small: bool = False
    tail: str = ""


@dataclass
class Row:
    """A step as it leaves a state: top, height, lines of text; ``to``: the state at the end of its lane, ""
    for one that stays or goes straight down to the next box."""

    step: Step
    to: str = ""
    straight: bool = False
    now: bool = False
    y: float = 0
    h: float = 0
    lines: list[Line] = field(default_factory=list)


@dataclass
class Box:
    """A state, or at the bottom what can be done in many of them (``state`` None)."""

    state: State | None
    number: int
    rows: list[Row]
    y: float = 0
    h: float = 0
    lines: list[Line] = field(default_factory=list)


@dataclass
class Layout:
    """The boxes from top to bottom, the lane of each state that has one, and the size of all in pixels."""

    boxes: list[Box]
    lanes: dict[str, int]
    column: float
    wide: float
    high: float

    def box(self, state: str) -> Box:
        return next(box for box in self.boxes if box.state is not None and box.state.key == state)

    def lane(self, state: str) -> float:
        """How far from the left the lane to a state runs."""
        return self.column + TO_LANES + LANE * self.lanes[state]


def laid_out(procedure: Procedure, current: str = "", level: str = "") -> Layout:
    """The layout of a procedure that has passed ``faults``.

    Args:
        current: the state a case stands in. level: whose limits are written at the clocks.
    """
    boxes = _boxes(procedure, current)
    lanes = _lanes(boxes)
    many = max(lanes.values(), default=-1) + 1
    beside = (TO_LANES + LANE * (many - 1) if many else 0) + EDGE
    column = max(WIDE - beside, NARROWEST)
    high = _placed(procedure, boxes, column, level)
    return Layout(boxes, lanes, column, column + beside, high)


def _boxes(procedure: Procedure, current: str) -> list[Box]:
    numbers = {state.key: number for number, state in enumerate(procedure.states, 1)}
    boxes = []
    for number, state in enumerate(procedure.states, 1):
        after = procedure.states[number].key if number < len(procedure.states) else ""
        rows = [
            _row(step, state.key, after, current)
            for step in procedure.steps_from(state.key)
            if len(step.origins) <= MANY
        ]
        boxes.append(Box(state, number, sorted(rows, key=lambda row: row.straight)))
    often = [step for step in procedure.steps if len(step.origins) > MANY]
    if often:
        rows = [Row(step, to=step.to, now=current in step.origins) for step in often]
        for row in rows:
            places = _("、").join(str(numbers[key]) for key in row.step.origins if key in numbers)
            row.lines = [Line(_("在 %(states)s 时可办") % {"states": places}, small=True)]
        boxes.append(Box(None, 0, rows))
    return boxes


def _row(step: Step, state: str, after: str, current: str) -> Row:
    straight = bool(step.to) and step.to == after
    to = "" if straight or step.to == state else step.to
    return Row(step, to=to, straight=straight, now=state == current)


def _lanes(boxes: list[Box]) -> dict[str, int]:
    """A lane for each state that arrows lead to; short ones inside, and none over another."""
    spans = _spans(boxes)
    taken: list[list[tuple[int, int]]] = []
    lanes: dict[str, int] = {}
    for key, (top, bottom) in sorted(spans.items(), key=lambda each: (each[1][1] - each[1][0], each[1])):
        free = (at for at, held in enumerate(taken) if all(bottom < low or high < top for low, high in held))
        lanes[key] = next(free, len(taken))
        if lanes[key] == len(taken):
            taken.append([])
        taken[lanes[key]].append((top, bottom))
    return lanes


def _spans(boxes: list[Box]) -> dict[str, tuple[int, int]]:
    """From where to where each lane runs, in places from the top."""
    places: dict[str, list[int]] = {}
    at = 0
    for box in boxes:
        if box.state is not None:
            places.setdefault(box.state.key, []).insert(0, at)
        for row in box.rows:
            at += 1
            if row.to:
                places.setdefault(row.to, []).append(at)
        at += 1
    return {key: (min(held), max(held)) for key, held in places.items() if len(held) > 1}


def _placed(procedure: Procedure, boxes: list[Box], column: float, level: str) -> float:
    """Give every part its place; returns the height of all."""
    clocks = _running(procedure, level)
    numbers = {box.state.key: box.number for box in boxes if box.state is not None}
    top = EDGE
    for box in boxes:
        box.lines = list(_box_lines(box, clocks, (column - EDGE - 2 * PAD)))
        box.y, box.h = top, len(box.lines) * LINE + 2 * PAD - 2
        top += box.h
        for row in box.rows:
            said = list(_row_lines(row, numbers, column - INDENT))
            row.lines = said + row.lines
            row.y, row.h = top, len(row.lines) * LINE + 9
            top += row.h
        top += GAP
    return top - GAP + EDGE


def _box_lines(box: Box, clocks: dict[str, list[str]], room: float) -> Iterator[Line]:
    if box.state is None:
        yield from (Line(words) for words in wrapped(_("多个状态下都可以办"), room / SIZE))
        return
    yield from (Line(words) for words in wrapped(f"{box.number}. {box.state.label}", room / SIZE))
    said = _("停表") if box.state.paused else _("到此结束") if box.state.end else ""
    if running := clocks.get(box.state.key):
        said = said or _("计时：%(clocks)s") % {"clocks": _("、").join(running)}
    if said:
        yield from (Line(words, small=True) for words in wrapped(said, room / SMALL))


def _row_lines(row: Row, numbers: dict[str, int], room: float) -> Iterator[Line]:
    words = f"{row.step.label} →\u00a0{numbers[row.to]}" if row.to else row.step.label
    who = _("、").join(str(Role(role).label) for role in row.step.roles)
    if width_of(words) * SIZE + 10 + width_of(who) * SMALL <= room:
        yield Line(words, tail=who)
        return
    yield from (Line(part) for part in wrapped(words, room / SIZE))
    yield from (Line(part, small=True) for part in wrapped(who, room / SMALL))


def _running(procedure: Procedure, level: str) -> dict[str, list[str]]:
    """Which clocks may run in each state, with their limits at the level."""
    found: dict[str, list[str]] = {}
    for clock in procedure.clocks:
        limit = procedure.limit_of(clock.key, level) if level else ""
        if level and not limit:
            continue
        words = f"{clock.label} {limit_words(limit)}" if limit else clock.label
        for state in {state for state, runs in spots_of(procedure, clock) if runs}:
            found.setdefault(state, []).append(words)
    return found
