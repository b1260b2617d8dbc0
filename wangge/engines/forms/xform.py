"""The XForm that was made from a workbook, as far as the server reads it: options, and titles of groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from .answers import Unreadable, parsed

Options = tuple[tuple[str, str], ...]
CHOOSING = ("select1", "select", "rank")
_LISTED = re.compile(r"instance\('([^']+)'\)")
_SPOKEN = re.compile(r"itext\('([^']+)'\)")


@dataclass(frozen=True)
class Outline:
    """Options (name, label) by the path of their question; titles of groups and repeats by their path. In the
    form's default language, else in its first."""

    choices: Mapping[str, Options] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=64)
def outline(xform: str) -> Outline:
    """What an XForm offers to choose from, and what its groups are called; empty for what cannot be read."""
    try:
        root = parsed(xform.encode())
    except Unreadable:
        return Outline()
    texts = _texts(root)
    lists = {
        one.get("id", ""): tuple(_options(one.iterfind(".//{*}item"), "name", texts))
        for one in root.iterfind(".//{*}instance")
    }
    controls = [control for tag in CHOOSING for control in root.iterfind(f".//{{*}}{tag}")]
    return Outline(
        {control.get("ref", ""): _choices(control, lists, texts) for control in controls},
        {group.get("ref", ""): _label(group, texts) for group in root.iterfind(".//{*}group")},
    )


def _texts(root: etree._Element) -> dict[str, str]:
    spoken = root.findall(".//{*}translation")
    chosen = next((each for each in spoken if each.get("default")), spoken[0] if spoken else None)
    if chosen is None:
        return {}
    return {text.get("id", ""): _text(text.find("{*}value")) for text in chosen.iterfind("{*}text")}


def _choices(control: etree._Element, lists: Mapping[str, Options], texts: Mapping[str, str]) -> Options:
    itemset = control.find("{*}itemset")
    if itemset is None:
        return tuple(_options(control.iterfind("{*}item"), "value", texts))
    listed = _LISTED.search(itemset.get("nodeset", ""))
    return lists.get(listed[1], ()) if listed else ()


def _options(
    items: Iterator[etree._Element], name: str, texts: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for item in items:
        given = item.findtext(f"{{*}}{name}") or ""
        yield given, _label(item, texts) or texts.get(item.findtext("{*}itextId") or "", "") or given


def _label(element: etree._Element, texts: Mapping[str, str]) -> str:
    label = element.find("{*}label")
    spoken = None if label is None else _SPOKEN.search(label.get("ref", ""))
    return texts.get(spoken[1], "") if spoken else _text(label)


def _text(element: etree._Element | None) -> str:
    return "" if element is None else "".join(map(str, element.itertext())).strip()
