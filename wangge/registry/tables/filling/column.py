"""One column of a table while it is filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..meanings import Meaning, Subject, readers
from . import words

Value = Any  # str, int, float, date


@dataclass(frozen=True)
class Filled:
    """What goes into a cell; how: filled | masked | empty | unlisted | absent (there is
    no such member of the household)."""

    value: Value
    how: str


EMPTY = Filled("", "empty")
ABSENT = Filled("", "absent")


class Spec:
    """How one column gets its cells."""

    def __init__(
        self, column: int, header: str, meaning: Meaning, *,
        choices: Sequence[str] = (), template: str = "", asks: bool = False, unmasked: bool = False,
    ) -> None:  # fmt: skip
        self.column, self.header, self.meaning = column, header, meaning
        self.choices, self.template, self.unmasked = tuple(choices), template, unmasked
        self.yes, self.no = words.tick(header, asks or meaning.code == "is_resident")
        self._read = readers.reader(meaning)
        self._code: Callable[[Subject], str] = readers.code_read(meaning) or (lambda _subject: "")
        if meaning.code == "age_band":
            age = readers.reader(Meaning("age", meaning.member, "fact", "age"))
            self._code = lambda subject: str(age(subject))
        self.month = header.split("/")[-1].strip().endswith("年月")

    def cell(self, subject: Subject) -> Filled:
        """What this column says of a row."""
        if self.meaning.withheld or self.meaning.by_hand:
            return EMPTY
        if self.meaning.member > len(subject.members):
            return ABSENT
        value = self._read(subject)
        if value is None or value == "":
            return EMPTY
        if self.template:
            return Filled(words.ticked(self.template, self.meaning, value, self._code(subject)), "filled")
        if self.choices:
            word = words.chosen(self.meaning, value, self._code(subject), self.choices)
            return Filled(word, "filled") if word is not None else Filled("", "unlisted")
        return self._plain(value)

    def _plain(self, value: Value) -> Filled:
        if isinstance(value, bool):
            return Filled(self.yes if value else self.no, "filled")  # an empty "no" is an answer too
        if self.meaning.masked and not self.unmasked:
            return Filled(readers.masked(self.meaning, value), "masked")
        return Filled(value if isinstance(value, int | float | date) else str(value), "filled")
