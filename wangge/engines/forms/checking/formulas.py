"""Formulas of a form: what they speak of, whether they can be read, whether a phone gets done with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from lxml import etree

from .book import Row
from .expressions import Broken
from .patterns import is_slow

REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}#\s]+)\s*\}")
FORMULAS = ("relevant", "constraint", "calculation", "choice_filter", "required", "readonly", "repeat_count")
PLAIN = ("yes", "no", "true", "false", "true()", "false()", "是", "否")
LONGEST, DEEPEST, MOST_REPEATS, MOST_CIRCLES = 1_000, 30, 100, 20
_REGEX = re.compile(r"""regex\s*\([^,]*,\s*(?:'([^']*)'|"([^"]*)")""")
_QUOTED = re.compile(r"""'[^']*'|"[^"]*\"""")


def formulas_of(row: Row) -> Iterator[tuple[str, str]]:
    """The columns of a row that hold a formula, with it."""
    for column in FORMULAS:
        text = row[column]
        if text and not (column in ("required", "readonly") and text.lower() in PLAIN):
            yield column, text


def references(text: str) -> set[str]:
    """The questions a formula asks."""
    return set(REFERENCE.findall(text))


def faults_in(column: str, text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with one formula by itself: the fault's code and what it speaks of."""
    if len(text) > LONGEST:
        yield "long_formula", f"{len(text):,}"
        return
    if _depth(text) > DEEPEST:
        yield "deep_formula", ""
        return
    if not _readable(text):
        yield "broken_formula", text[:60]
    if column == "repeat_count" and text.isdigit() and int(text) > MOST_REPEATS:
        yield "endless_repeat", f"{int(text):,}"
    for found in _REGEX.finditer(text):
        pattern = found[1] or found[2] or ""
        if code := _pattern(pattern):
            yield code, pattern[:60]


def _pattern(pattern: str) -> str:
    try:
        return "slow_pattern" if is_slow(pattern) else ""
    except Broken:
        return "broken_pattern"


def _depth(text: str) -> int:
    deepest = depth = 0
    for sign in _QUOTED.sub("", text):
        depth += (sign in "([") - (sign in ")]")
        deepest = max(deepest, depth)
    return deepest


def _readable(text: str) -> bool:
    """Whether XPath can read it; names of questions stand for themselves."""
    try:
        etree.XPath(REFERENCE.sub("x", text))
    except etree.XPathSyntaxError:
        return False
    return True


def circles(waits: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Questions that wait for each other, each circle once, from its first question round."""
    left = {name: set(asked) for name, asked in waits.items()}
    for _time in range(MOST_CIRCLES):
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle = list(reversed(error.args[1]))  # the sorter names first who is waited for
            left[circle[0]].discard(circle[1])
            yield circle
        else:
            return
