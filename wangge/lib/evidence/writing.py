"""Making a bundle."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from . import layout, readme, records
from .commitments import NUMBER, START, Step, link, salt, step_hash, without_number
from .container import pack
from .manifest import Manifest, Photo, signed, write_signature

PHOTOS = "photos"  # the field of a step that names them


class BrokenChain(ValueError):
    """A step is not what its hash says, or not in its place; nothing was signed. ``number`` is its place."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"evidence: step {number} does not fit its hash or its place")


class UnknownField(ValueError):
    """A field to hide that neither the case nor a step has: a slip of the pen must not leave a name in."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(names)
        super().__init__(f"evidence: no field {', '.join(self.names)}")


def write(
    case: Mapping[str, Any],
    steps: Sequence[Step],
    photos: Iterable[tuple[str, str, bytes]],
    sign: Callable[[bytes], bytes],
    public: bytes,
    redact: Collection[str] = frozenset(),
) -> bytes:
    """A bundle as the bytes of a zip.

    Args:
        case: fields by plain keys; JSON values.
        steps: all of them, in order from 1, with the salts and hashes they were recorded with.
        photos: (sha256 in hex, extension, content); a photo that a step names in its field ``photos``
            (a list of objects with ``digest``) and that is not here is listed as absent.
        sign: signs bytes with the Ed25519 key whose public half is ``public`` (32 bytes).
        redact: fields of case and steps whose values and salts are left out; the proof holds without them.

    Raises:
        BrokenChain: a step was changed since it was recorded.
        UnknownField: a name in ``redact`` that no one has.
        ValueError: a photo that is not its digest, a key that is not its public half, a value that is no
            JSON, more than a bundle holds.
    """
    _check_chain(steps)
    holders = [case, *(without_number(step.fields) for step in steps)]
    require_fields(redact, holders)
    taken = sorted(photos)
    entries = records.opened(case, {name: salt() for name in case})
    manifest = Manifest(
        case=link(START, 0, records.all_committed(entries)),
        steps=tuple(step.hash for step in steps),
        photos=tuple(_photo(*photo) for photo in taken),
        absent=tuple(sorted(_absent(holders, taken, redact))),
        readme=sha256(readme.TEXT.encode()).hexdigest(),
    ).as_bytes()
    files = {
        layout.README: readme.TEXT.encode(),
        layout.MANIFEST: manifest,
        layout.SIGNATURE: _signature(sign, public, manifest),
        layout.CASE: records.write_case(records.hidden(entries, redact)),
    }
    files |= {layout.step_file(step.number): _step_bytes(step, redact) for step in steps}
    files |= {layout.photo_file(digest, ext): content for digest, ext, content in taken}
    return _packed(files)


def require_fields(names: Collection[str], holders: Iterable[Mapping[str, Any]]) -> None:
    """Raises UnknownField for a name that none of them has; a step's number cannot be hidden."""
    if unknown := set(names).difference(*holders):
        raise UnknownField(unknown)


def _check_chain(steps: Sequence[Step]) -> None:
    prev = START
    for place, step in enumerate(steps, 1):
        if step.fields.get(NUMBER) != place or step_hash(prev, step.fields, step.salts) != step.hash:
            raise BrokenChain(place)
        prev = step.hash


def _photo(digest: str, ext: str, content: bytes) -> Photo:
    if sha256(content).hexdigest() != digest or not layout.EXTENSION.fullmatch(ext):
        raise ValueError("evidence: a photo is named by the sha256 of its bytes and an extension")
    return Photo(digest, ext, len(content))


def _absent(
    holders: Iterable[Mapping[str, Any]], taken: Iterable[tuple[str, str, bytes]], redact: Collection[str]
) -> set[str]:
    """Photos that were named and are not here; none where what names them is left out."""
    named = set() if PHOTOS in redact else _named_photos(holders)
    return named - {digest for digest, _, _ in taken}


def _named_photos(holders: Iterable[Mapping[str, Any]]) -> set[str]:
    named = (photo for fields in holders for photo in fields.get(PHOTOS) or ())
    return {photo["digest"] for photo in named}


def _signature(sign: Callable[[bytes], bytes], public: bytes, manifest: bytes) -> bytes:
    signature = sign(manifest)
    if not signed(public, signature, manifest):
        raise ValueError("evidence: the signature does not fit the public key")
    return write_signature(public, signature)


def _step_bytes(step: Step, redact: Collection[str]) -> bytes:
    return records.write_step(
        step.number, records.hidden(records.opened(without_number(step.fields), step.salts), redact)
    )


def _packed(files: Mapping[str, bytes]) -> bytes:
    """Raises ValueError when verify would refuse it for its size."""
    if any(len(content) > layout.largest(name) for name, content in files.items()):
        raise ValueError("evidence: a file larger than a bundle holds")
    if len(files) > layout.MOST_FILES or len(packed := pack(files)) > layout.LARGEST:
        raise ValueError("evidence: more than a bundle holds")
    return packed
