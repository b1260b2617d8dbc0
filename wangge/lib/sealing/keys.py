"""The key ring: numbered master keys, and the working keys derived from each.

One master key of the environment never touches data. HKDF-SHA-256 derives from it a sealing
key and an index key per cipher family, so that leaking one working key says nothing of the
others. The last key of the ring seals new values, every key of the ring opens old ones, and the
FIRST key makes the blind index — therefore adding a key at the end rotates sealing without
breaking a single look-up.
"""

from __future__ import annotations

import re

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ENTRY = re.compile(r"(\d{1,6}):([0-9a-fA-F]{64})", re.ASCII)


class SealingError(Exception):
    """Something about keys or sealed values is not as it must be; the text says what and why."""


class UnknownKey(SealingError):
    """A value was sealed with a key that the ring no longer holds."""


class BrokenSeal(SealingError):
    """A value does not open: wrong key, wrong field, or changed since it was sealed."""


class KeyRing:
    """Master keys by id, in the order of the setting.

    Args:
        setting: "1:<64 hex digits>,2:<64 hex digits>".

    Raises:
        SealingError: the setting is empty or malformed (its text is never repeated).
    """

    def __init__(self, setting: str) -> None:
        self.masters: dict[int, bytes] = {}
        for place, entry in enumerate(filter(None, map(str.strip, setting.split(","))), start=1):
            match = ENTRY.fullmatch(entry)
            if not match or int(match[1]) in self.masters:
                raise SealingError(
                    f"FIELD_KEYS: entry {place} is not <number>:<64 hex digits>, or repeats a number"
                )
            self.masters[int(match[1])] = bytes.fromhex(match[2])
        if not self.masters:
            raise SealingError("FIELD_KEYS is empty: no personal field can be sealed")
        self.first, self.newest = next(iter(self.masters)), list(self.masters)[-1]

    def derive(self, key_id: int, purpose: str, length: int = 32) -> bytes:
        """The working key of one master for one purpose.

        Raises:
            UnknownKey: the ring does not hold that master.
        """
        if key_id not in self.masters:
            raise UnknownKey(
                f"The value was sealed with key {key_id}, which WANGGE_FIELD_KEYS does not hold; "
                f"it holds {', '.join(map(str, self.masters))}. Put the old key back, then reseal."
            )
        info = f"wangge {purpose}".encode()
        return HKDF(SHA256(), length=length, salt=None, info=info).derive(self.masters[key_id])
