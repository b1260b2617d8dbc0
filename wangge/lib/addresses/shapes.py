"""Addresses that differ in their numbers only are read once.

Reading an address asks of a number how many digits it has and whether it begins with a zero, never which
digits they are. So 3栋501 and 8栋302 have one shape, and what is read of the second is what was read of the
first with other numbers. Each shape is tried with two sets of numbers before it is trusted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain

NUMBER = re.compile(r"([0-9]+)")
BETWEEN = "\0"
MANY, LONG = 8, 120  # numbers that can be told apart in one text; characters of a text that are read
Parts = tuple[str, ...]


class Shapes:
    """Reads texts by their shape.

    Args:
        read: the careful way, from a context (a community as written, or None) and a text to a tuple of
            texts, None where nothing can be read.
    """

    def __init__(self, read: Callable[[str | None, str], Parts | None]) -> None:
        self.careful = read
        self.known: dict[tuple[str | int | None, ...], str | None] = {}

    def read(self, context: str | None, text: str) -> Parts | None:
        """What the careful way says of this text."""
        pieces = NUMBER.split(text)
        numbers = pieces[1::2]
        shape = (context, *pieces[::2], *map(len, numbers))
        if shape not in self.known:
            self.known[shape] = self._learn(context, pieces[::2], [len(number) for number in numbers])
        pattern = self.known[shape]
        if pattern is None or any(number[0] == "0" for number in numbers):
            return self.careful(context, text)
        return tuple(pattern.format(*numbers).split(BETWEEN))

    def _learn(self, context: str | None, words: list[str], lengths: list[int]) -> str | None:
        """What is read, with places for the numbers; None where it is not made of them in one plain way."""
        if not 0 < len(lengths) <= MANY or sum(map(len, words)) > LONG:
            return None
        first, second = _numbers(lengths, 0), _numbers(lengths, 4)
        told, other = (self.careful(context, _filled(words, numbers)) for numbers in (first, second))
        if told is None or other is None:
            return None
        places = {number: f"{{{place}}}" for place, number in enumerate(first)}
        pieces = NUMBER.split(BETWEEN.join(told).replace("{", "{{").replace("}", "}}"))
        pattern = "".join(places.get(piece, piece) for piece in pieces)
        return pattern if pattern.format(*second) == BETWEEN.join(other) else None


def _numbers(lengths: list[int], step: int) -> list[str]:
    """A number of each length, of one digit that no other has: 1, 22, 333 …"""
    return [str((place + step) % 9 + 1) * length for place, length in enumerate(lengths)]


def _filled(words: list[str], numbers: list[str]) -> str:
    return "".join(chain.from_iterable(zip(words, [*numbers, ""], strict=True)))
