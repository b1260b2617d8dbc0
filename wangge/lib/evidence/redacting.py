"""Hiding fields of a bundle that is made: the manifest and its signature stay as they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from . import layout, records
from .container import pack, unpack
from .records import Entries
from .verifying import Report, verify
from .writing import require_fields


class NotProven(ValueError):
    """A bundle that does not hold cannot be redacted; ``report`` says why."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(", ".join(problem.code for problem in report.problems))


def redact(bundle: bytes, names: Collection[str]) -> bytes:
    """The bundle with the named fields of case and steps hidden: values and salts are gone, the proof holds.

    The same words may stand in other fields: see ``echoes``.

    Raises:
        NotProven: the bundle does not hold, or is none.
        UnknownField: a name that neither the case nor a step has.
    """
    require_fields(names, _entries(bundle).values())
    files, _ = unpack(bundle)
    return pack({name: _redacted(name, content, names) for name, content in files.items()})


def echoes(bundle: bytes, names: Collection[str]) -> list[tuple[str, str]]:
    """Where words of the named fields also stand in fields that are not named: (file, field), in order.

    Texts of two characters and more are looked for, also inside lists and objects.

    Raises:
        NotProven: the bundle does not hold, or is none.
    """
    held = _entries(bundle)
    words = {text for entries in held.values() for name in names for text in _texts(entries.get(name))}
    words = {text for text in words if len(text) > 1}

    def says(entry: dict[str, Any]) -> bool:
        return any(word in text for text in _texts(entry) for word in words)

    return [
        (file, name)
        for file, entries in held.items()
        for name, entry in entries.items()
        if name not in names and says(entry)
    ]


def _entries(bundle: bytes) -> dict[str, Entries]:
    """The fields of the case and of every step by their file."""
    report = verify(bundle)
    if not report.ok:
        raise NotProven(report)
    files, _ = unpack(bundle)
    steps = {name: records.read_step(raw)[1] for name, raw in files.items() if layout.STEP.fullmatch(name)}
    return {layout.CASE: records.read_case(files[layout.CASE]), **steps}


def _redacted(name: str, content: bytes, names: Collection[str]) -> bytes:
    if name == layout.CASE:
        return records.write_case(records.hidden(records.read_case(content), names))
    if layout.STEP.fullmatch(name):
        number, entries = records.read_step(content)
        return records.write_step(number, records.hidden(entries, names))
    return content


def _texts(value: Any) -> Iterator[str]:
    """The texts in the value of an entry; not its salt."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"salt", "commitment"}:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
