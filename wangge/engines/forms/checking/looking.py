"""All faults of a form at once: pyxform names only the first it meets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .book import Row, Sheet
from .faults import Fault
from .formulas import circles, faults_in, formulas_of, references
from .words import OWN, Words

MOST_QUESTIONS = 2_000
NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_.-]*$")
KEY = re.compile(r"^[A-Za-z][A-Za-z0-9_-]{1,59}$")
LISTED = re.compile(r"^(select_one|select_multiple|rank)(?:_from_file)?\s+(\S+)")
_UNASKED = """calculate hidden xml-external csv-external start end today deviceid username email phonenumber
    simserial subscriberid start-geopoint background-audio background-geopoint audit"""
_ASKED = """text string integer int decimal range date time datetime dateTime note geopoint location geotrace
    geoshape image photo audio video file barcode acknowledge trigger"""
UNASKED = frozenset(_UNASKED.split())
PLAIN = UNASKED | frozenset(_ASKED.split())
FACT = "fact"  # our own column: the fact of the dictionary that an answer is
BEARING = frozenset(
    ("text", "string", "integer", "int", "decimal", "date", "barcode", "select_one", "calculate", "hidden")
)
BEGIN, END = re.compile(r"^begin[_ ](group|repeat|loop)"), re.compile(r"^end[_ ](group|repeat|loop)")


@dataclass
class Looked:
    """What one looking gathers: faults, the open groups with the names used in each, who waits for whom."""

    survey: Sheet
    words: Words
    lists: dict[str, list[Row]]
    names: set[str]
    faults: list[Fault] = field(default_factory=list)
    groups: list[tuple[Row, set[str]]] = field(default_factory=list)
    waits: dict[str, set[str]] = field(default_factory=dict)
    cells: dict[str, tuple[int, str]] = field(default_factory=dict)  # row and column letter of a formula
    used: set[str] = field(default_factory=set)  # names on the outermost level

    def add(self, code: str, row: Row, column: str = "", value: str = "") -> None:
        self.faults.append(Fault(code, "survey", row.number, self.survey.letters.get(column, ""), value))


def look(book: dict[str, Sheet], words: Words) -> list[Fault]:
    """The faults of the sheets survey and choices, in order of place.

    Args:
        words: the fact dictionary.
    """
    survey, choices = book.get("survey"), book.get("choices") or Sheet()
    if survey is None:
        return [Fault("no_survey")]
    heads = [name for name in ("type", "name") if name not in survey.letters]
    missing = [Fault("no_header", "survey", 1, "", name) for name in heads]
    if missing or not survey.rows:
        return missing or [Fault("no_questions", "survey")]
    if len(survey.rows) > MOST_QUESTIONS:
        return [Fault("too_many", "survey", 0, "", f"{len(survey.rows):,}")]
    lists: dict[str, list[Row]] = {}
    for row in choices.rows:
        lists.setdefault(row["list_name"] or row["list name"], []).append(row)
    looked = Looked(survey, words, lists, {row["name"] for row in survey.rows} - {""})
    for row in survey.rows:
        _row(looked, row)
    for row, _used in looked.groups:
        looked.add("not_closed", row, "type")
    _circles(looked)
    beside = _settings(book.get("settings") or Sheet())
    return [*beside, *looked.faults, *_choices(choices), *_options(looked, choices)]


def _settings(settings: Sheet) -> Iterator[Fault]:
    """Answers name their form by its id, so it must be the maker's own and fit into an address."""
    row = settings.rows[0] if settings.rows else Row(2, {})
    given = row["form_id"] or row["id_string"]
    if not KEY.match(given):
        yield Fault("no_form_id", "settings", row.number, settings.letter("form_id", "id_string"), given[:40])


def _row(looked: Looked, row: Row) -> None:
    kind = row["type"]
    if END.match(kind):
        looked.groups.pop() if looked.groups else looked.add("not_opened", row, "type", kind)
        return
    if not kind:
        looked.add("no_type", row, "type")
    elif not BEGIN.match(kind):
        _kind(looked, row, kind)
    _named(looked, row)
    _formulas(looked, row)
    if BEGIN.match(kind):
        looked.groups.append((row, set()))


def _kind(looked: Looked, row: Row, kind: str) -> None:
    word = kind.split()[0]
    if listed := LISTED.match(kind):
        outside = "_from_file" in kind or listed.group(2).startswith("${")
        if not outside and listed.group(2) not in looked.lists:
            looked.add("no_list", row, "type", listed.group(2))
    elif word in ("select_one", "select_multiple", "rank"):
        looked.add("no_list_name", row, "type")
    elif word not in PLAIN:
        looked.add("unknown_type", row, "type", kind[:40])
    if word == "calculate" and not row["calculation"]:
        looked.add("no_calculation", row, "calculation", row["name"])
    labels = [(name, text) for name, text in row.cells.items() if text and _is_label(name)]
    if word not in UNASKED and not labels and not row["calculation"]:
        looked.add("no_label", row, "label", row["name"])
    if word not in UNASKED and word != "note":
        for name, text in labels:
            if looked.words.why_not(text):
                looked.add("may_not_ask", row, name, text[:40])
    _fact(looked, row, word)


def _is_label(column: str) -> bool:
    return column.split("::")[0] in ("label", "hint")


def _fact(looked: Looked, row: Row, word: str) -> None:
    given = row[FACT]
    if not given or given.lower() in OWN:
        return
    if given not in looked.words.facts:
        looked.add("unknown_fact", row, FACT, given)
    elif word not in BEARING:
        looked.add("unfit_fact", row, FACT, row["type"][:40])


def _named(looked: Looked, row: Row) -> None:
    name, used = row["name"], looked.groups[-1][1] if looked.groups else looked.used
    if not name:
        if row["type"].split(" ")[0] != "audit":
            looked.add("no_name", row, "name")
    elif not NAME.match(name):
        looked.add("bad_name", row, "name", name[:40])
    elif name.lower() in used:
        looked.add("same_name", row, "name", name)
    used.add(name.lower())


def _formulas(looked: Looked, row: Row) -> None:
    for column, text in formulas_of(row):
        asked = references(text)
        for name in sorted(asked - looked.names):
            looked.add("unknown_reference", row, column, name)
        if column in ("relevant", "calculation") and row["name"] and asked & looked.names:
            looked.waits.setdefault(row["name"], set()).update(asked & looked.names)
            looked.cells.setdefault(row["name"], (row.number, looked.survey.letters.get(column, "")))
        for code, value in faults_in(column, text):
            looked.add(code, row, column, value)


def _circles(looked: Looked) -> None:
    """Each circle once, at its first formula, with the cell of every question in it."""
    for circle in circles(looked.waits):
        first = min(circle, key=lambda name: looked.cells[name])
        at = circle.index(first)
        around = [*circle[at:-1], *circle[:at], first]
        told = " → ".join(f"{name}（{looked.cells[name][1]}{looked.cells[name][0]}）" for name in around)
        row, letter = looked.cells[first]
        looked.faults.append(Fault("circle", "survey", row, letter, told))


def _options(looked: Looked, choices: Sheet) -> Iterator[Fault]:
    """Options that may not be asked, and those of bound questions that the dictionary has no code for."""
    bound: dict[str, str] = {}
    for row in looked.survey.rows:
        listed = LISTED.match(row["type"])
        if listed and row[FACT] in looked.words.facts:
            bound[listed.group(2)] = row[FACT]
    for name, rows in looked.lists.items():
        for row in rows:
            yield from _option(looked.words, choices, row, bound.get(name, ""))


def _option(words: Words, choices: Sheet, row: Row, fact: str) -> Iterator[Fault]:
    labels = [(column, text) for column, text in row.cells.items() if text and _is_label(column)]
    for column, text in labels:
        if words.why_not(text):
            yield Fault("may_not_ask", "choices", row.number, choices.letter(column), text[:40])
    text = labels[0][1] if labels else ""
    if fact and row["name"] and not words.code(fact, row["name"], text):
        yield Fault("choice_no_code", "choices", row.number, choices.letter("name"), text[:40] or row["name"])


def _choices(choices: Sheet) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for row in choices.rows:
        here, name = row["list_name"] or row["list name"], row["name"]
        if here and not name:
            yield Fault("choice_no_name", "choices", row.number, choices.letter("name"))
        elif (here, name) in seen:
            yield Fault("choice_twice", "choices", row.number, choices.letter("name"), name)
        if (
            here
            and name
            and not any(t for n, t in row.cells.items() if n.startswith(("label", "media", "image")) and t)
        ):
            yield Fault("choice_no_label", "choices", row.number, choices.letter("label"), name)
        seen.add((here, name))
