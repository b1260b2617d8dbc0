"""Proving a bundle, offline: no database, no network, no keys of ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from . import layout, records
from .canonical import NotJson
from .commitments import START, link
from .container import Unusable, pack, unpack
from .manifest import BadManifest, Manifest, fingerprint, read_manifest, read_signature, signed
from .records import BadRecord, Entries
from .words import Problem


@dataclass(frozen=True)
class Facts:
    """What a bundle says of itself; ``hidden`` names fields by file, ``key`` is the fingerprint it was signed
    with, ``key_compared`` whether that was held against one the caller knows."""

    case: str = ""
    steps: int = 0
    photos: int = 0
    absent: int = 0
    hidden: dict[str, list[str]] = field(default_factory=dict)
    head: str = ""
    key: str = ""
    key_compared: bool = False


@dataclass(frozen=True)
class Report:
    """``ok``: proven. ``usable``: it could be read at all. ``notes`` are no faults, but should be known."""

    problems: list[Problem]
    facts: Facts = Facts()

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def usable(self) -> bool:
        return all(problem.usable for problem in self.problems)

    @property
    def notes(self) -> list[Problem]:
        facts, notes = self.facts, list[Problem]()
        if facts.key and not facts.key_compared:
            notes.append(Problem("key_not_compared", {"fingerprint": facts.key}))
        if facts.hidden:
            notes.append(Problem("hidden", {"count": sum(map(len, facts.hidden.values()))}))
        if facts.absent:
            notes.append(Problem("absent", {"count": facts.absent}))
        return notes

    def as_dict(self) -> dict[str, Any]:
        """For programs; the words in the language of the moment."""
        problems = [{"code": one.code, **one.details, "words": str(one)} for one in self.problems]
        notes = [{"code": one.code, **one.details, "words": str(one)} for one in self.notes]
        told = {"proven": self.ok, "usable": self.usable, "problems": problems, "notes": notes}
        return told | asdict(self.facts)


def verify(file: bytes | Path | BinaryIO, key: str = "") -> Report:
    """Whether a bundle is what was signed, and what is wrong where.

    Args:
        file: its bytes, its path or an open file.
        key: the fingerprint that the district published ("" when it is not at hand); spaces, colons and
            capital letters do not matter.

    Never raises for what lies in the file; an unreadable file is a report, too.
    """
    try:
        raw = _bytes(file)
        files, problems = unpack(raw)
        manifest = _manifest(files)
    except Unusable as error:
        return Report(list(error.problems))
    except OSError:
        return Report([Problem("unreadable")])
    wanted = plain_fingerprint(key)
    known, found = _signature(files, wanted)
    problems += found
    if manifest is None:
        return Report([*problems, Problem("manifest")], Facts(key=known, key_compared=bool(wanted)))
    check = _Check(files, manifest)
    problems += [*check.readme(), *check.case(), *check.steps(), *check.photos()]
    if not problems and pack(files) != raw:
        problems.append(Problem("wrapping"))
    return Report(problems, check.facts(known, bool(wanted)))


def plain_fingerprint(text: str) -> str:
    """A fingerprint without the spaces, colons and capitals people write it with."""
    return "".join(text.lower().replace(":", " ").split())


def _bytes(file: bytes | Path | BinaryIO) -> bytes:
    """The bytes, and one more than allowed of a file that is too large."""
    if isinstance(file, bytes):
        return file
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return opened.read(layout.LARGEST + 1)
    return file.read(layout.LARGEST + 1)


def _manifest(files: dict[str, bytes]) -> Manifest | None:
    if layout.MANIFEST not in files:
        raise Unusable(Problem("no_manifest"))
    try:
        return read_manifest(files[layout.MANIFEST])
    except BadManifest as error:
        if error.newer:
            raise Unusable(Problem("version")) from error
        return None


def _signature(files: dict[str, bytes], wanted: str) -> tuple[str, list[Problem]]:
    """The fingerprint of the key in the bundle, and what is wrong with the signature."""
    if layout.SIGNATURE not in files:
        return "", [_missing(layout.SIGNATURE)]
    try:
        public, signature = read_signature(files[layout.SIGNATURE])
    except ValueError:
        return "", [Problem("signature_file")]
    known = fingerprint(public)
    problems = [] if signed(public, signature, files[layout.MANIFEST]) else [Problem("signature")]
    return known, problems + ([Problem("foreign_key")] if wanted and wanted != known else [])


class _Check:
    """What a manifest promises, held against the files."""

    def __init__(self, files: dict[str, bytes], manifest: Manifest) -> None:
        self._files, self._manifest = files, manifest
        self._hidden: dict[str, list[str]] = {}
        self._number = ""

    def readme(self) -> Iterator[Problem]:
        if layout.README not in self._files:
            yield _missing(layout.README)
        elif sha256(self._files[layout.README]).hexdigest() != self._manifest.readme:
            yield Problem("readme")

    def case(self) -> Iterator[Problem]:
        if layout.CASE not in self._files:
            yield _missing(layout.CASE)
            return
        try:
            entries = records.read_case(self._files[layout.CASE])
            if self._link(START, 0, layout.CASE, entries) != self._manifest.case:
                yield Problem("case")
                return
        except (BadRecord, NotJson):
            yield Problem("case")
            return
        number = entries.get("number", {}).get("value", "")
        self._number = number if isinstance(number, str) and number.isascii() and number.isalnum() else ""

    def steps(self) -> Iterator[Problem]:
        promised = self._manifest.steps
        for number, wanted in enumerate(promised, 1):
            prev = promised[number - 2] if number > 1 else START
            if fault := self._step(number, prev, wanted):
                yield Problem(fault, {"number": number})
        places = {layout.step_file(number) for number in range(1, len(promised) + 1)}
        for name in self._files:
            if (step := layout.STEP.fullmatch(name)) and name not in places:
                yield Problem("step_added", {"number": int(step[1])})

    def _step(self, number: int, prev: str, wanted: str) -> str:
        name = layout.step_file(number)
        if name not in self._files:
            return "step_missing"
        try:
            said, entries = records.read_step(self._files[name])
            if said != number:
                return "step_moved"
            return "" if self._link(prev, number, name, entries) == wanted else "step_changed"
        except (BadRecord, NotJson):
            return "step_changed"

    def _link(self, prev: str, number: int, file: str, entries: Entries) -> str:
        committed = records.all_committed(entries)
        if shut := sorted(name for name, entry in entries.items() if "commitment" in entry):
            self._hidden[file] = shut
        return link(prev, number, committed)

    def photos(self) -> Iterator[Problem]:
        promised = {photo.file: photo for photo in self._manifest.photos}
        for name, photo in promised.items():
            if name not in self._files:
                yield Problem("photo_missing", {"file": name})
            elif sha256(self._files[name]).hexdigest() != photo.digest:
                yield Problem("photo_changed", {"file": name})
        for name in self._files:
            if layout.PHOTO.fullmatch(name) and name not in promised:
                yield Problem("photo_added", {"file": name})

    def facts(self, key: str, compared: bool) -> Facts:
        told = self._manifest
        return Facts(
            case=self._number, steps=len(told.steps), photos=len(told.photos), absent=len(told.absent),
            hidden=self._hidden, head=told.head, key=key, key_compared=compared,
        )  # fmt: skip


def _missing(file: str) -> Problem:
    return Problem("missing", {"file": file})
