"""Who signs: software by default, a hardware module by the same four members."""

from __future__ import annotations

from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Provider(Protocol):
    """Signs with the newest key and checks against all it knows, each key by a number 0 .. 255."""

    current: int

    def sign(self, key: int, body: bytes) -> bytes: ...

    def verify(self, key: int, body: bytes, signature: bytes) -> bool: ...

    def public_keys(self) -> dict[int, str]: ...


class Ed25519Provider:
    """Keys from settings: "1:<64 hex digits>,2:<64 hex digits>", the last one signs."""

    def __init__(self, seeds: str) -> None:
        pairs = (pair.split(":", 1) for pair in seeds.split(",") if pair.strip())
        self._keys = {
            int(number): Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed.strip()))
            for number, seed in pairs
        }
        self._publics = {number: key.public_key() for number, key in self._keys.items()}
        self.current = list(self._keys)[-1]

    def sign(self, key: int, body: bytes) -> bytes:
        return self._keys[key].sign(body)

    def verify(self, key: int, body: bytes, signature: bytes) -> bool:
        if key not in self._publics:
            return False
        try:
            self._publics[key].verify(signature, body)
        except InvalidSignature:
            return False
        return True

    def public_keys(self) -> dict[int, str]:
        return {number: key.public_bytes_raw().hex() for number, key in self._publics.items()}
