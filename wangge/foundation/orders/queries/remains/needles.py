"""What is looked for: keyed digests of values, found in any run of bytes without knowing the values.

Each value is noted in the forms in which bytes may hold it (UTF-8; the escapes of JSON; GB 18030 and UTF-16
in files). Of each form are noted its length, a 32-bit tag of its last eight bytes and a 128-bit digest of the
whole, both keyed. In one pass over the bytes the tag of every eight of them is computed; where it is a noted
one, the digest of as many bytes as the value had decides. A hit is therefore certain (2^-128), and a value is
missed only where its bytes are not contiguous: compressed, sealed, or split over pages.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

WIDTH = 8  # bytes of a window; a shorter value is not noted: it would be found everywhere
LINE = struct.Struct("<III16s")  # value, length, tag, digest
BITS = 22


def forms_of(value: str) -> set[bytes]:
    """The value as bytes in every form it may be stored in."""
    found = {value.encode(code) for code in ("utf-8", "gb18030", "utf-16-le")}
    found.add(json.dumps(value)[1:-1].encode("ascii"))
    return {form for form in found if len(form) >= WIDTH}


@dataclass(frozen=True)
class Needles:
    """Noted values under one key; ``lines``: (value, length, tag, digest)."""

    key: bytes
    lines: tuple[tuple[int, int, int, bytes], ...]

    @property
    def values(self) -> int:
        """How many values are looked for."""
        return len({value for value, *_rest in self.lines})

    def packed(self) -> bytes:
        """The lines as they are stored."""
        return b"".join(LINE.pack(*line) for line in self.lines)

    @cached_property
    def longest(self) -> int:
        return max((length for _value, length, *_rest in self.lines), default=WIDTH)

    @cached_property
    def _by_tag(self) -> dict[int, list[tuple[int, int, bytes]]]:
        found: dict[int, list[tuple[int, int, bytes]]] = {}
        for value, length, tag, digest in self.lines:
            found.setdefault(tag, []).append((value, length, digest))
        return found

    @cached_property
    def _sieve(self) -> NDArray[np.bool_]:
        sieve = np.zeros(1 << BITS, dtype=bool)
        for tag in self._by_tag:
            sieve[tag >> (32 - BITS)] = True
        return sieve

    def count(self, data: bytes) -> int:
        """How often a noted value stands in these bytes."""
        if not self.lines or len(data) < WIDTH:
            return 0
        windows = np.ndarray(len(data) - WIDTH + 1, dtype="<u8", buffer=data, strides=(1,))
        tags = _tags(windows, self.key)
        places = np.flatnonzero(self._sieve[tags >> np.uint32(32 - BITS)])
        return sum(self._ends_at(data, int(place) + WIDTH, int(tags[place])) for place in places)

    def _ends_at(self, data: bytes, end: int, tag: int) -> bool:
        for _value, length, digest in self._by_tag.get(tag, ()):
            if length <= end and hmac.compare_digest(_digest(self.key, data[end - length : end]), digest):
                return True
        return False


def make_needles(values: Iterable[str], key: bytes | None = None) -> Needles:
    """Note values under a key (a fresh one when not given); too short ones are left out."""
    key = key or os.urandom(32)
    lines = []
    telling = (value for value in dict.fromkeys(values) if len(value.encode()) >= WIDTH)
    for number, value in enumerate(telling):
        for form in sorted(forms_of(value)):
            last = np.frombuffer(form[-WIDTH:], dtype="<u8")
            lines.append((number, len(form), int(_tags(last, key)[0]), _digest(key, form)))
    return Needles(key, tuple(lines))


def read_needles(key: bytes, packed: bytes) -> Needles:
    """The needles as they were stored."""
    return Needles(key, tuple(LINE.iter_unpack(packed)))


def _tags(windows: NDArray[np.uint64], key: bytes) -> NDArray[np.uint32]:
    """Keyed multiply-shift of each eight bytes."""
    factor = np.uint64(int.from_bytes(key[:8], "little") | 1)
    offset = np.uint64(int.from_bytes(key[8:16], "little"))
    mixed = windows * factor + offset
    return ((mixed ^ (mixed >> np.uint64(29))) * factor >> np.uint64(32)).astype(np.uint32)


def _digest(key: bytes, data: bytes) -> bytes:
    return hashlib.blake2b(data, key=key, digest_size=16).digest()
