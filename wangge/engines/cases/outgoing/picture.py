"""A procedure as a picture (看图办事, S85), drawn from the same data the cases run on.

States are numbered boxes from top to bottom; under each stand the steps that leave it with who may take
them. A dot goes down to the next box, a line goes along a lane to the box whose number it names, a ring
stays. The state a case stands in, and what can be done now, are marked by colour, width and a word.
"""

from __future__ import annotations

from html import escape

from django.utils.translation import gettext as _

from wangge.lib.drawing import INK, svg, width_of

from ..reading.procedure import Procedure
from .layout import EDGE, INDENT, LINE, PAD, SIZE, SMALL, Box, Layout, Line, Row, laid_out

TRUNK = 20.0  # from the left: the line that goes down from a box
NOW, WORD, FAINT = "#b3400f", "#1c2b36", "#55656f"
COLOURS = ("#0b5c6a", "#8a4b08", "#5b3a8c", "#a1283b", "#2f6b2f", "#3d5a80")  # of the lanes
FILLS = {"start": "#dceef1", "state": "#ffffff", "paused": "#f1efe2", "end": "#e3f2e9", "many": "#f6f8f9"}


def picture_of(procedure: Procedure, current: str = "", level: str = "") -> str:
    """The procedure as an SVG text, 360 pixels wide; it must have passed ``faults``.

    Args:
        current: the key of the state to mark. level: of which level the clocks' limits are written.
    """
    layout = laid_out(procedure, current, level)
    parts = [_lane(layout, state) for state in layout.lanes]
    for at, box in enumerate(layout.boxes):
        parts += [_trunk(layout, at), *(_row(layout, box, row) for row in box.rows)]
        parts.append(_box(layout, box, procedure.start, current))
    return svg(layout.wide, layout.high, parts, title=procedure.label, kind="procedure")


def _box(layout: Layout, box: Box, start: str, current: str) -> str:
    state, kind = box.state, _kind(box, start)
    here = state is not None and state.key == current
    wide = layout.column - EDGE
    name = f' data-state="{escape(state.key, quote=True)}"' if state is not None else ""
    style = f'stroke="{NOW if here else INK}" stroke-width="{3 if here else 1.5}"'
    mark = ' aria-current="step"' if here else ""
    dashes = ' stroke-dasharray="4 3"' if kind in ("many", "paused") and not here else ""
    texts = "".join(
        _text(EDGE + PAD, box.y + PAD + LINE * (at + 0.68), line, bold=True)
        for at, line in enumerate(box.lines)
    )
    return (
        f"<g{name}{mark}>"
        f'<rect x="{EDGE:g}" y="{box.y:g}" width="{wide:g}" height="{box.h:g}" '
        f'rx="{14 if kind == "end" else 5}" fill="{FILLS[kind]}" {style}{dashes}/>{texts}'
        f"{_here(layout, box) if here else ''}</g>"
    )


def _kind(box: Box, start: str) -> str:
    if box.state is None:
        return "many"
    if box.state.end:
        return "end"
    return "paused" if box.state.paused else "start" if box.state.key == start else "state"


def _here(layout: Layout, box: Box) -> str:
    """The word at the right edge of the state a case stands in."""
    words = _("现在")
    wide = width_of(words) * SMALL + 12
    left = layout.column - wide - 8
    return (
        f'<rect x="{left:g}" y="{box.y - 8:g}" width="{wide:g}" height="18" rx="9" fill="{NOW}"/>'
        f'<text x="{left + wide / 2:g}" y="{box.y + 5:g}" text-anchor="middle" font-size="{SMALL:g}" '
        f'fill="#ffffff">{escape(words)}</text>'
    )


def _row(layout: Layout, box: Box, row: Row) -> str:
    texts = "".join(
        _text(INDENT, row.y + 4 + LINE * (at + 0.72), line, now=row.now) for at, line in enumerate(row.lines)
    )
    return f'<g data-step="{escape(row.step.key, quote=True)}">{_line(layout, row)}{texts}</g>'


def _line(layout: Layout, row: Row) -> str:
    """What shows where a step leads: a line to its lane, a dot on the way down, or a ring."""
    bottom, middle = row.y + row.h - 1, row.y + 4 + LINE * 0.5
    if row.to:
        x, colour = layout.lane(row.to), _colour(layout, row.to)
        return (
            f'<path d="M{TRUNK:g} {bottom - 4:g} Q{TRUNK:g} {bottom:g} {TRUNK + 4:g} {bottom:g} '
            f'H{x:g}" fill="none" stroke="{colour}" stroke-width="1.5"/>'
            f'<circle cx="{x:g}" cy="{bottom:g}" r="2.5" fill="{colour}"/>'
        )
    fill = INK if row.straight else "#ffffff"
    return f'<circle cx="{TRUNK:g}" cy="{middle:g}" r="4" fill="{fill}" stroke="{INK}" stroke-width="1.5"/>'


def _trunk(layout: Layout, at: int) -> str:
    """The line down from a box along its steps, to the next box if one of them leads there."""
    box = layout.boxes[at]
    if not box.rows:
        return ""
    down = any(row.straight for row in box.rows)
    last = box.rows[-1]
    to = layout.boxes[at + 1].y if down else last.y + last.h - 5 if last.to else last.y + 4 + LINE * 0.5
    tip = ' marker-end="url(#tip)"' if down else ""
    return (
        f'<path d="M{TRUNK:g} {box.y + box.h:g} V{to:g}" fill="none" stroke="{INK}" stroke-width="1.5"{tip}/>'
    )


def _lane(layout: Layout, state: str) -> str:
    """The lane to a state with the point of its arrow at the box."""
    box, x = layout.box(state), layout.lane(state)
    into = box.y + box.h / 2
    ends = [row.y + row.h - 1 for each in layout.boxes for row in each.rows if row.to == state]
    path = f"M{x:g} {min(*ends, into):g} V{max(*ends, into):g} M{x:g} {into:g} H{layout.column + 5:g}"
    colour = _colour(layout, state)
    edge = layout.column
    point = f"M{edge + 8:g} {into - 4.5:g} L{edge:g} {into:g} L{edge + 8:g} {into + 4.5:g} z"
    return (
        f'<path data-lane="{escape(state, quote=True)}" d="{path}" fill="none" stroke="{colour}" '
        f'stroke-width="1.5"/><path d="{point}" fill="{colour}"/>'
    )


def _colour(layout: Layout, state: str) -> str:
    return COLOURS[layout.lanes[state] % len(COLOURS)]


def _text(x: float, y: float, line: Line, *, bold: bool = False, now: bool = False) -> str:
    size = SMALL if line.small else SIZE if bold else SIZE - 1
    fill = FAINT if line.small else NOW if now else WORD
    weight = ' font-weight="600"' if (bold or now) and not line.small else ""
    tail = f'<tspan dx="8" font-size="{SMALL:g}" font-weight="400" fill="{FAINT}">{escape(line.tail)}</tspan>'
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"{weight}>{escape(line.words)}'
        f"{tail if line.tail else ''}</text>"
    )
