"""An answer as OpenRosa clients send it: an XForm instance, read without trusting a byte of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

MOST_BYTES = 5 * 1024 * 1024
MEDIA = ("photo", "image", "audio", "video", "file", "annotate", "draw", "signature")
PICTURE = re.compile(r"\.(jpe?g|png|webp|gif|heic)$", re.IGNORECASE)
CANNOT = "{urn:wangge:forms}cannot"  # front/src/forms/keeping.js
OPENROSA = "{http://openrosa.org/xforms}"
INSTANCE = re.compile(r"^(uuid:)?[0-9A-Za-z._:-]{8,90}$")
KINDS = "jpe?g|png|webp|gif|heic|m4a|mp3|amr|wav|3gp|mp4|csv|pdf|xlsx?|docx?"
FILE = re.compile(rf"^[^/\\\x00-\x1f]{{1,200}}\.({KINDS})$", re.IGNORECASE)


class Unreadable(ValueError):
    """Not an answer; ``why`` is xml, size, form, instance, root (of another form) or twice (a question)."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Answer:
    """Which form and version it answers, its instance, the files it names, and itself as it came; ``text``
    is the same in our own encoding."""

    form: str
    version: str
    instance: str
    files: tuple[str, ...]
    xml: bytes
    text: str


@dataclass(frozen=True)
class Values:
    """What was answered: text by path, and for each repeat its rows in order. cannot: why an answer could not
    be given (our own forms say so), by path and number of its row, 0 outside repeats."""

    single: dict[str, str] = field(default_factory=dict)
    repeated: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    cannot: dict[tuple[str, int], str] = field(default_factory=dict)

    def waived(self, number: int = 0) -> dict[str, str]:
        """Path → why, of the questions outside repeats or of a repeat's rows of this number (from 1)."""
        return {path: why for (path, row), why in self.cannot.items() if row == number}

    def everywhere(self) -> Iterator[tuple[str, str]]:
        """Every answer with its path, wherever it stands."""
        yield from self.single.items()
        for rows in self.repeated.values():
            for row in rows:
                yield from row.items()


def read_answer(xml: bytes) -> Answer:
    """Read an instance.

    Raises:
        Unreadable: too big, not XML, with a document type or entities, or without form id or instance id.
    """
    if len(xml) > MOST_BYTES:
        raise Unreadable("size")
    root = parsed(xml)
    form, version = root.get("id", ""), root.get("version", "")
    found = root.findtext(f".//{OPENROSA}instanceID") or root.findtext(".//{*}instanceID") or ""
    if not form:
        raise Unreadable("form")
    if not INSTANCE.match(found.strip()):
        raise Unreadable("instance")
    named = {text for leaf in root.iter() if len(leaf) == 0 and FILE.match(text := (leaf.text or "").strip())}
    return Answer(form, version, found.strip(), tuple(sorted(named)), xml, _text(root, xml))


def _text(root: etree._Element, xml: bytes) -> str:
    """As it came when it came in UTF-8, as nearly all does; written anew from other encodings."""
    try:
        return xml.decode("utf-8")
    except UnicodeDecodeError:
        return etree.tostring(root, encoding="unicode")


def values_of(text: str, questions: Sequence[Mapping[str, Any]]) -> Values:
    """The answers to these questions (dicts of ``checking.Question``), as they were written.

    Raises:
        Unreadable: the root is another form's, or a question outside repeats is answered twice.
    """
    root = parsed(text.encode("utf-8"))
    known = {question["path"]: question.get("repeat", "") for question in questions}
    if known and not any(path.startswith(f"/{_name(root)}/") for path in known):
        raise Unreadable("root")
    found = Values()
    for path, repeat, leaf in _leaves(root, f"/{_name(root)}", None, set(known.values()) - {""}, found):
        if path not in known:
            continue
        if path in (held := found.single if repeat is None else repeat):
            raise Unreadable("twice")
        held[path] = (leaf.text or "").strip()
        if why := leaf.get(CANNOT, ""):
            number = len(found.repeated[known[path]]) if repeat is not None else 0
            found.cannot[path, number] = why[:20]
    return found


def _leaves(
    part: etree._Element, path: str, row: dict[str, str] | None, repeats: set[str], found: Values
) -> Iterator[tuple[str, dict[str, str] | None, etree._Element]]:
    """Leaves with their path and the row of the innermost repeat around them."""
    for child in part:
        if not isinstance(child.tag, str):  # a comment
            continue
        here, inside = f"{path}/{_name(child)}", row
        if here in repeats:
            inside = {}
            found.repeated.setdefault(here, []).append(inside)
        if len(child):
            yield from _leaves(child, here, inside, repeats, found)
        else:
            yield here, inside, child


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def files_in(values: Values, questions: Sequence[Mapping[str, Any]]) -> list[str]:
    """The names of the files that were taken for questions about files."""
    media = {question["path"] for question in questions if question["type"] in MEDIA}
    return sorted({text for path, text in values.everywhere() if path in media and FILE.match(text)})


def parsed(xml: bytes) -> etree._Element:
    """The root of a stranger's XML.

    Raises:
        Unreadable: not XML, or with a document type or entities.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("xml") from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise Unreadable("xml")
    return root
