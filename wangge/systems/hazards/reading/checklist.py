"""A checklist is an XLSForm whose options say how bad an item is.

An item is a question with an option named like a level (``general``, ``larger``, ``major``): whoever chooses
it has found a hazard of that level. ``good`` is good, ``none`` does not apply, ``fixed`` was bad and is put
right. The question's hint is the standard to be met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ..enums import Level, Outcome


@dataclass(frozen=True)
class Item:
    """One thing to look at.

    Args:
        level: the lowest one may choose; what was fixed on the spot had it. options: (name, label).
        standard: how it should be. part: title of the group it stands in.
    """

    name: str
    path: str
    label: str
    level: str
    options: tuple[tuple[str, str], ...]
    standard: str = ""
    part: str = ""


@dataclass(frozen=True)
class Found:
    """What was found of an item; ``level`` only of what is or was bad."""

    item: Item
    outcome: str
    level: str = ""


def items_in(questions: Iterable[Any], hints: Mapping[str, str]) -> list[Item]:
    """The items among a form's questions (``forms.queries.Asked``), in their order."""
    return [item for question in questions if (item := _item(question, hints))]


def _item(question: Any, hints: Mapping[str, str]) -> Item | None:
    options = tuple(question.options or ())
    names = {name for name, _label in options}
    level = next((level for level in Level.values if level in names), "")
    if not level or question.repeat:
        return None
    standard = hints.get(question.path, "")
    return Item(question.name, question.path, question.label, level, options, standard, question.title)


def found_of(item: Item, answer: str) -> Found | None:
    """What an answer says; None for one the item does not offer."""
    if answer not in {name for name, _label in item.options}:
        return None
    if answer in Level.values:
        return Found(item, Outcome.BAD, answer)
    if answer == Outcome.FIXED:
        return Found(item, Outcome.FIXED, item.level)
    return Found(item, Outcome.NONE if answer == Outcome.NONE else Outcome.GOOD)


def hints_in(xform: str) -> dict[str, str]:
    """The hints of an XForm by the path of their question; in its first language."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(xform.encode(), parser)
    spoken = {
        text.get("id", ""): "".join(map(str, text.itertext())).strip()
        for text in reversed(root.findall(".//{*}text"))
    }
    found = {}
    for hint in root.iterfind(".//{*}hint"):
        ref = (hint.get("ref") or "").removeprefix("jr:itext('").removesuffix("')")
        parent = hint.getparent()
        if parent is not None:
            found[parent.get("ref", "")] = (
                spoken.get(ref, "") if ref else "".join(map(str, hint.itertext())).strip()
            )
    return found
