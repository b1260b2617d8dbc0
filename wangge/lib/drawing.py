"""Pictures drawn as SVG text: how wide words are, where their lines break, what every picture begins with.

Presentation attributes only, so that a picture stands under the content policy, in print and offline.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from html import escape

FONTS = "PingFang SC, HarmonyOS Sans SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
INK = "#34525e"  # lines and the points of arrows
TIP = (
    '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
    f'orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="{INK}"/></marker></defs>'
)


def width_of(text: str) -> float:
    """How wide a text is, in characters of full width."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.56 for char in text)


def wrapped(text: str, most: float) -> list[str]:
    """The text in lines of at most ``most`` full characters: no line begins with a closing mark, and words of
    letters stay whole where they fit."""
    lines: list[str] = [""]
    for char in text.strip():
        if width_of(lines[-1] + char) > most and char not in "，。、；：）》”！？":
            lines[-1:] = _broken(lines[-1], char)
        lines[-1] += char
    return [line.strip(" ") for line in lines if line.strip()] or [""]


def _broken(line: str, char: str) -> list[str]:
    """A full line, and what goes to the next one with the character that has no room."""
    before, _space, word = line.rpartition(" ")
    letters = char != " " and not any(unicodedata.east_asian_width(each) in "WF" for each in word + char)
    return [before, word] if before.strip() and word and letters else [line, ""]


def svg(wide: float, high: float, parts: Iterable[str], *, title: str, kind: str) -> str:
    """The picture around its parts; arrows may point with ``url(#tip)``.

    Args:
        wide, high: in pixels. title: read out to who cannot see it. kind: the class of the element.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}" '
        f'height="{high:g}" role="img" aria-label="{escape(title, quote=True)}" class="{kind}" '
        f'font-family="{FONTS}">{TIP}{"".join(parts)}</svg>'
    )
