"""Looking a workbook through, and turning it into an XForm by pyxform in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..xform import Options, outline
from .book import NotABook, Row, Sheet, read_book
from .faults import Fault, told_by_converter
from .looking import BEARING, FACT, look
from .words import OWN, Words

SECONDS = 30
MOST_CHOICES = 60  # kept beside a question; longer lists are places, which are no codes
CHILD = Path(__file__).with_name("child.py")
KINDS = {b"PK\x03\x04": ".xlsx", b"\xd0\xcf\x11\xe0": ".xls"}


@dataclass(frozen=True)
class Question:
    """One question.

    path: e.g. /data/home/smoke; label, cell: its text and where that stands; fact: what it is of the
    dictionary, "" for none; decision: "own" when the answer stays in the form; proposed: the fact its words
    mean; bears: whether an answer of this type could be a fact; choices: [name, label] of its options;
    repeat: path of the innermost repeat around it.
    """

    path: str
    name: str
    type: str
    label: str
    fact: str = ""
    decision: str = ""
    proposed: str = ""
    bears: bool = False
    cell: str = ""
    choices: list[list[str]] = field(default_factory=list)
    repeat: str = ""


@dataclass
class Checked:
    """A form that can be published, or the faults that keep it from it."""

    key: str = ""
    title: str = ""
    version: str = ""
    xform: str = ""
    questions: list[Question] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def check(content: bytes, words: Words) -> Checked:
    """Look a workbook through.

    Args:
        content: the workbook, .xlsx or .xls. words: the fact dictionary.
    """
    return check_all([content], words)[0]


def check_all(contents: Sequence[bytes], words: Words) -> list[Checked]:
    """Look several workbooks of one sender through; those without a fault of ours share one converter, which
    takes longer to begin than to convert."""
    looked = [_looked(content, words) for content in contents]
    books = tuple(
        content for content, book in zip(contents, looked, strict=True) if not isinstance(book, Checked)
    )
    made = iter(_ask_child(books) if books else ())
    return [book if isinstance(book, Checked) else _converted(next(made), book, words) for book in looked]


def _looked(content: bytes, words: Words) -> Checked | dict[str, Sheet]:
    """The book, or its faults."""
    try:
        if content[:4] not in KINDS:
            raise NotABook("not_a_book")
        book = read_book(content)
    except NotABook as why:
        return Checked(faults=[Fault(why.code)])
    faults = look(book, words)
    return Checked(faults=faults) if faults else book


def _converted(made: dict[str, Any] | None, book: dict[str, Sheet], words: Words) -> Checked:
    if made is None:
        return Checked(faults=[Fault("too_long")])
    if "xform" not in made:
        return Checked(faults=[told_by_converter(made["text"])])
    settings = (book.get("settings") or Sheet()).rows
    first = settings[0] if settings else Row(2, {})
    return Checked(
        key=first["form_id"] or first["id_string"],
        title=first["form_title"] or first["title"],
        version=first["version"],
        xform=made["xform"],
        questions=list(_questions(made, book, words)),
    )


def _ask_child(books: tuple[bytes, ...]) -> Sequence[dict[str, Any] | None]:
    """What became of each; None where there was not time enough."""
    told = [f"{KINDS[book[:4]]}:{len(book)}" for book in books]
    command = [sys.executable, "-I", str(CHILD), *told]
    limit = SECONDS * len(books)
    try:
        done = subprocess.run(command, input=b"".join(books), capture_output=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return [None] * len(books)
    if done.returncode or not done.stdout:
        return [{"text": "MemoryError"}] * len(books)
    found: list[dict[str, Any] | None] = json.loads(done.stdout)
    return found


def _questions(made: dict[str, Any], book: dict[str, Sheet], words: Words) -> Iterator[Question]:
    """The questions in their order: what the converter made of each, beside its row of the sheet."""
    sheet, survey, choices = book["survey"], made["survey"], outline(made["xform"]).choices
    rows: dict[str, list[Row]] = {}
    for row in reversed(sheet.rows):
        if not row["type"].startswith(("begin", "end")):
            rows.setdefault(row["name"], []).append(row)
    letter = next((at for head, at in sheet.letters.items() if head.split("::")[0] == "label"), "")
    for path, repeat, child in _walk(survey, f"/{survey.get('name') or 'data'}", ""):
        if rows.get(child["name"]):  # the converter adds some of its own
            row = rows[child["name"]].pop()
            yield _question(path, repeat, child, row, letter, choices.get(path, ()), words)


def _walk(part: dict[str, Any], path: str, repeat: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for child in part.get("children", ()):
        name, kind = child.get("name", ""), child.get("type", "")
        here = f"{path}/{name}"
        if name == "meta" and kind == "group":
            continue
        if kind in ("group", "repeat"):
            yield from _walk(child, here, here if kind == "repeat" else repeat)
        elif name:
            yield here, repeat, child


def _question(
    path: str,
    repeat: str,
    child: dict[str, Any],
    row: Row,
    letter: str,
    choices: Options,
    words: Words,
) -> Question:
    label = child.get("label") or ""
    text = str(next(iter(label.values()), "") if isinstance(label, dict) else label)
    word, given = (row["type"].split() or [""])[0], row[FACT]
    bears = word in BEARING and word not in ("calculate", "hidden")
    own = given.lower() in OWN
    fact = "" if own else given
    return Question(
        path, child["name"], child.get("type", ""), text, fact,
        decision="own" if own else "",
        proposed=words.meant(text) if bears and not given else "",
        bears=bears,
        cell=f"survey!{letter}{row.number}" if row.number else "",
        choices=[list(option) for option in choices[:MOST_CHOICES]],
        repeat=repeat,
    )  # fmt: skip
