"""What seals: the interface, and the software that implements it from the key ring."""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode
from binascii import b2a_base64
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from .ciphers import BROKEN, FAMILIES, LETTERS, NONCE, TAG, Digest, Sealer
from .keys import BrokenSeal, KeyRing, SealingError

BLIND_BYTES = 16
FILL = (b"", b"\0", b"\0\0")
URL_SAFE = bytes.maketrans(b"+/", b"-_")


class Provider(Protocol):
    """The seat of the keys. An HSM stands in by ``FIELD_PROVIDER = "package.module.Class"``; it is
    made with ``Class(keys=settings.FIELD_KEYS, cipher=settings.FIELD_CIPHER)`` and may ignore both.

    Empty text stays empty in all three, so that "no phone" is not a secret that needs a key.
    """

    def seal_many(self, texts: Sequence[str | None], field: str) -> list[str]: ...
    def unseal_many(self, sealed: Sequence[str | None], field: str) -> list[str]: ...
    def blind_many(self, texts: Sequence[str | None], field: str, key_id: int | None) -> list[str]: ...
    def is_current(self, sealed: str) -> bool: ...


def _urlsafe(values: Sequence[bytes]) -> list[str]:
    """Url-safe base64 without padding of each value, all written in one go: filled up with zeros to whole
    groups of three bytes, so that each begins a group of four letters, and cut where its own letters end."""
    filled = b"".join([value + FILL[-len(value) % 3] for value in values])
    letters = b2a_base64(filled, newline=False).translate(URL_SAFE).decode()
    written, at = [], 0
    for value in values:
        length = len(value)
        written.append(letters[at : at + (4 * length + 2) // 3])
        at += (length + 2) // 3 * 4
    return written


class SoftwareProvider:
    """Keys in memory, ciphers by the ``cryptography`` package.

    Args:
        keys: the ring, see ``keys.KeyRing``. cipher: "aes" or "sm4", for new values.
    """

    def __init__(self, keys: str, cipher: str) -> None:
        if cipher not in LETTERS:
            raise SealingError("FIELD_CIPHER must be aes or sm4")
        self.ring = KeyRing(keys)
        self.letter = LETTERS[cipher]
        self.newest = f"v{self.ring.newest}.{self.letter}."
        self.sealer = cache(self._sealer)
        self.digest = cache(self._digest)

    def _sealer(self, key_id: int, letter: str) -> Sealer:
        family = FAMILIES[letter][0]
        return family(self.ring.derive(key_id, f"sealing {letter}", family.key_length))

    def _digest(self, key_id: int) -> Digest:
        return FAMILIES[self.letter][1](self.ring.derive(key_id, f"index {self.letter}"))

    def seal_many(self, texts: Sequence[str | None], field: str = "") -> list[str]:
        """Seal each text with the newest key under a nonce of its own."""
        encrypt, head = self.sealer(self.ring.newest, self.letter).encrypt, self.newest
        associated, nonces = field.encode(), os.urandom(NONCE * len(texts))
        bodies = []
        for at, text in enumerate(texts):
            if text:
                nonce = nonces[NONCE * at : NONCE * at + NONCE]
                bodies.append(nonce + encrypt(nonce, text.encode(), associated))
        written = iter(_urlsafe(bodies))
        return [head + next(written) if text else "" for text in texts]

    def unseal_many(self, sealed: Sequence[str | None], field: str = "") -> list[str]:
        """Open each value, whatever key of the ring and family sealed it."""
        associated = field.encode()
        return [self._unseal(value, associated) if value else "" for value in sealed]

    def _unseal(self, sealed: str, associated: bytes) -> str:
        try:
            version, letter, body = sealed.split(".")
            sealer = self.sealer(int(version.removeprefix("v")), letter)
            data = urlsafe_b64decode(body + "=" * (-len(body) % 4))
        except (ValueError, KeyError):
            raise BrokenSeal("This is not a sealed value of the form v<key>.<a|s>.<text>.") from None
        if len(data) < NONCE + TAG:
            raise BrokenSeal(BROKEN)
        return sealer.decrypt(data[:NONCE], data[NONCE:], associated).decode()

    def blind_many(
        self, texts: Sequence[str | None], field: str = "", key_id: int | None = None
    ) -> list[str]:
        """The 128-bit blind index of each text, by the index key of ``key_id`` or of the first key."""
        digest = self.digest(self.ring.first if key_id is None else key_id)
        prefix = field.encode() + b"\0" if field else b""
        written = iter(_urlsafe([digest(prefix + text.encode())[:BLIND_BYTES] for text in texts if text]))
        return [next(written) if text else "" for text in texts]

    def is_current(self, sealed: str) -> bool:
        """Whether the newest key and today's cipher family sealed this value."""
        return not sealed or sealed.startswith(self.newest)
