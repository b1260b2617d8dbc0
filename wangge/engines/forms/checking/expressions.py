"""Regular expressions as phones understand them (JavaScript, Java), read into a tree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

LAST = 0x10FFFF
DEEPEST = 30
Ranges = tuple[tuple[int, int], ...]
ALL: Ranges = ((0, LAST),)
_SETS: dict[str, Ranges] = {
    "d": ((48, 57),),
    "s": ((9, 13), (32, 32), (0xA0, 0xA0), (0x3000, 0x3000)),
    "w": ((48, 57), (65, 90), (95, 95), (97, 122)),
}
_CONTROLS = {"n": 10, "r": 13, "t": 9, "f": 12, "v": 11, "0": 0}
_HEX = re.compile(r"(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_COUNT = re.compile(r"\{(\d{1,6})(,(\d{0,6}))?\}")
_GROUP = re.compile(r"\?(?:[:>]|<?[=!]|P?<[A-Za-z]\w*>)")


class Broken(ValueError):
    """Not an expression we can read."""


@dataclass(frozen=True)
class Node:
    """char: one of ``ranges``; row: one after the other; either: one of several; repeat: ``least`` to
    ``most`` (None = without end) times; nothing: a place between characters; back: what stood before."""

    kind: Literal["char", "row", "either", "repeat", "nothing", "back"]
    parts: Sequence[Node] = ()
    ranges: Ranges = ()
    least: int = 0
    most: int | None = None


NOTHING = Node("nothing")


def read(pattern: str) -> Node:
    """The tree of an expression.

    Raises:
        Broken: brackets do not match, or a repetition of nothing.
    """
    reader = _Reader(pattern)
    tree = reader.either()
    if reader.at < len(pattern):
        raise Broken(pattern)
    return tree


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth = text, 0, 0

    def _next(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def _take(self) -> str:
        if not (sign := self._next()):
            raise Broken(self.text)
        self.at += 1
        return sign

    def either(self) -> Node:
        branches = [self._row()]
        while self._next() == "|":
            self.at += 1
            branches.append(self._row())
        return branches[0] if len(branches) == 1 else Node("either", branches)

    def _row(self) -> Node:
        found = []
        while self._next() not in ("", "|", ")"):
            found.append(self._counted(self._atom()))
        return Node("row", found)

    def _counted(self, body: Node) -> Node:
        sign = self._next()
        counted = _COUNT.match(self.text, self.at) if sign == "{" else None
        if counted:
            least = int(counted[1])
            most = int(counted[3]) if counted[3] else None if counted[2] else least
            self.at = counted.end()
        elif sign and sign in "*+?":
            least, most = int(sign == "+"), 1 if sign == "?" else None
            self.at += 1
        else:
            return body
        if self._next() and self._next() in "?+":  # lazy, possessive: taken as if it could go back
            self.at += 1
        if most is not None and most < least:
            raise Broken(self.text)
        return Node("repeat", [body], least=least, most=most)

    def _atom(self) -> Node:
        sign = self._take()
        if sign == "(":
            return self._group()
        if sign == "[":
            return Node("char", ranges=self._class())
        if sign == "\\":
            return self._escaped()
        if sign in "*+?":
            raise Broken(self.text)
        if sign in "^$":
            return NOTHING
        return Node("char", ranges=ALL if sign == "." else ((ord(sign), ord(sign)),))

    def _group(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Broken(self.text)
        opened = _GROUP.match(self.text, self.at)
        if opened:
            self.at = opened.end()
        elif self._next() == "?":
            raise Broken(self.text)
        body = self.either()
        if self._take() != ")":
            raise Broken(self.text)
        self.depth -= 1
        return body

    def _escaped(self) -> Node:
        sign = self._next()
        if sign in ("b", "B"):
            self.at += 1
            return NOTHING
        if sign in "123456789k" and sign:
            self.at += 1
            return Node("back")
        return Node("char", ranges=self._escape())

    def _escape(self) -> Ranges:
        if found := _HEX.match(self.text, self.at):
            self.at = found.end()
            value = int(found[1] or found[2] or found[3], 16)
            return ((value, value),)
        sign = self._take()
        if sign in "pP" and self._next() == "{":
            end = self.text.find("}", self.at)
            self.at = end + 1 if end > 0 else len(self.text)
            return ALL  # which characters a property means is not looked up
        if sign.lower() in _SETS:
            known = _SETS[sign.lower()]
            return complement(known) if sign.isupper() else known
        value = _CONTROLS.get(sign, ord(sign))
        return ((value, value),)

    def _class(self) -> Ranges:
        negated = self._next() == "^"
        self.at += negated
        found: list[tuple[int, int]] = []
        while (sign := self._take()) != "]":
            low = self._escape() if sign == "\\" else ((ord(sign), ord(sign)),)
            if self._next() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                sign = self._take()
                high = self._escape() if sign == "\\" else ((ord(sign), ord(sign)),)
                if high[-1][1] < low[0][0]:
                    raise Broken(self.text)
                low = ((low[0][0], high[-1][1]),)
            found += low
        return complement(tuple(found)) if negated else tuple(found)


def complement(ranges: Ranges) -> Ranges:
    """Every other character."""
    found, at = [], 0
    for low, high in sorted(ranges):
        if low > at:
            found.append((at, low - 1))
        at = max(at, high + 1)
    return (*found, (at, LAST)) if at <= LAST else tuple(found)


def overlap(one: Ranges, other: Ranges) -> bool:
    """Whether a character is in both."""
    return any(a <= d and c <= b for a, b in one for c, d in other)
