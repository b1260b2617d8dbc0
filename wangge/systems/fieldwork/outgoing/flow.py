"""A disposal flow as a picture (看图办事, S85): boxes and arrows from top to bottom, as wide as a phone.

Plain SVG with presentation attributes only, so that it stands under the content policy, in print and offline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from wangge.lib.drawing import INK, svg, wrapped

from ..reading.flow import Step, layers_of

WIDE, EDGE, GAP_X, GAP_Y = 360.0, 10.0, 12.0, 46.0
LANE = 14.0  # to the right of the boxes: arrows that pass others by
SIZE, LINE, PAD = 15.0, 20.0, 10.0
FILLS = {"begin": "#dceef1", "step": "#ffffff", "end": "#e3f2e9"}


@dataclass
class Box:
    """One step as it is drawn: left, top, width, height, lines of text."""

    x: float
    y: float
    w: float
    h: float
    lines: list[tuple[str, bool]]  # text, whether it is who does it
    kind: str

    @property
    def middle(self) -> float:
        return self.x + self.w / 2


def picture_of(steps: Sequence[Step], title: str = "") -> str:
    """The flow as an SVG text; "" for a flow without steps. It must have passed ``check_flow``."""
    if not steps:
        return ""
    boxes, lanes = _placed(steps)
    high = max(box.y + box.h for box in boxes) + EDGE
    wide = WIDE + LANE * len(lanes)
    parts = [_arrow(steps, boxes, lanes, at) for at in range(len(steps))]
    parts += [_drawn(box, number) for number, box in enumerate(boxes, 1)]
    return svg(wide, high, parts, title=title, kind="flow")


def _placed(steps: Sequence[Step]) -> tuple[list[Box], dict[tuple[int, int], int]]:
    """Where every box stands, and the lanes of the arrows that pass a layer by."""
    depth = layers_of(steps)
    rows: dict[int, list[int]] = defaultdict(list)
    for at, layer in enumerate(depth):
        rows[layer].append(at)
    passing = [
        (at, index)
        for at, step in enumerate(steps)
        for _words, index in step["then"]
        if depth[index] - depth[at] > 1
    ]
    boxes: dict[int, Box] = {}
    top = EDGE
    for layer in sorted(rows):
        wide = (WIDE - 2 * EDGE - GAP_X * (len(rows[layer]) - 1)) / len(rows[layer])
        made = [_box(steps, at, wide) for at in rows[layer]]
        tall = max(box.h for box in made)
        for place, (at, box) in enumerate(zip(rows[layer], made, strict=True)):
            box.x, box.y, box.h = EDGE + place * (wide + GAP_X), top, tall
            boxes[at] = box
        top += tall + GAP_Y
    return [boxes[at] for at in range(len(steps))], {pair: lane for lane, pair in enumerate(passing)}


def _box(steps: Sequence[Step], at: int, wide: float) -> Box:
    room = (wide - 2 * PAD) / SIZE
    lines = [(line, False) for line in wrapped(f"{at + 1}. {steps[at]['name']}", room)]
    if steps[at].get("who"):
        lines += [(line, True) for line in wrapped(str(steps[at]["who"]), room * SIZE / (SIZE - 2))]
    kind = "begin" if at == 0 else "step" if steps[at]["then"] else "end"
    return Box(0, 0, wide, len(lines) * LINE + 2 * PAD - 4, lines, kind)


def _drawn(box: Box, number: int) -> str:
    radius = 16 if box.kind != "step" else 6
    texts = "".join(
        f'<text x="{box.middle:g}" y="{box.y + PAD + LINE * (at + 0.62):g}" text-anchor="middle" '
        f'font-size="{SIZE - 2 if who else SIZE:g}" fill="{"#55656f" if who else "#1c2b36"}">'
        f"{escape(text)}</text>"
        for at, (text, who) in enumerate(box.lines)
    )
    return (
        f'<g data-step="{number}"><rect x="{box.x:g}" y="{box.y:g}" width="{box.w:g}" height="{box.h:g}" '
        f'rx="{radius}" fill="{FILLS[box.kind]}" stroke="{INK}" stroke-width="1.5"/>{texts}</g>'
    )


def _arrow(steps: Sequence[Step], boxes: list[Box], lanes: dict[tuple[int, int], int], at: int) -> str:
    """All arrows that leave a step; several leave side by side."""
    box, parts = boxes[at], []
    ways = sorted(steps[at]["then"], key=lambda way: ((at, way[1]) in lanes, boxes[way[1]].middle))
    for number, (words, index) in enumerate(ways):
        start = box.x + box.w * (number + 1) / (len(ways) + 1)
        to = boxes[index]
        bottom = box.y + box.h
        if (at, index) in lanes:
            lane = WIDE + LANE * (lanes[(at, index)] + 0.2)
            turn, into = bottom + 10 + 5 * lanes[(at, index)], to.y - 12
            path = f"M{start:g} {bottom:g} V{turn:g} H{lane:g} V{into:g} H{to.middle + 14:g} V{to.y:g}"
            label = (min(start + 6, WIDE - 60), turn + 14)
        else:
            half = bottom + GAP_Y * 0.62
            path = f"M{start:g} {bottom:g} V{half:g} H{to.middle:g} V{to.y:g}"
            label = (start + 6, bottom + 17)
        parts.append(
            f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="1.5" marker-end="url(#tip)"/>'
        )
        if words:
            parts.append(
                f'<text x="{label[0]:g}" y="{label[1]:g}" font-size="12" fill="#0b5c6a">'
                f"{escape(words)}</text>"
            )
    return "".join(parts)
