"""The two cipher families: AES-256-GCM + HMAC-SHA-256, and 国密 SM4-GCM + HMAC-SM3."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from .keys import BrokenSeal

NONCE, TAG = 12, 16
Digest = Callable[[bytes], bytes]


class Sealer(Protocol):
    """Encrypts and decrypts one value under one key."""

    def encrypt(self, nonce: bytes, data: bytes, associated: bytes) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated: bytes) -> bytes: ...


class AesSealer:
    """AES-256-GCM; one reused object, about a microsecond a value."""

    key_length = 32

    def __init__(self, key: bytes) -> None:
        gcm = AESGCM(key)
        self.encrypt = gcm.encrypt
        self._decrypt = gcm.decrypt

    def decrypt(self, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        try:
            return self._decrypt(nonce, data, associated)
        except InvalidTag:
            raise BrokenSeal(BROKEN) from None


class Sm4Sealer:
    """SM4-GCM (GB/T 32907); the tag follows the data as in AES-GCM."""

    key_length = 16

    def __init__(self, key: bytes) -> None:
        self.algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        encryptor = Cipher(self.algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated: bytes) -> bytes:
        decryptor = Cipher(self.algorithm, modes.GCM(nonce, data[-TAG:])).decryptor()
        decryptor.authenticate_additional_data(associated)
        try:
            return decryptor.update(data[:-TAG]) + decryptor.finalize()
        except (InvalidTag, ValueError):
            raise BrokenSeal(BROKEN) from None


BROKEN = "The sealed value does not open: another key under the same number, another field, or altered data."


def sha256_digest(key: bytes) -> Digest:
    """HMAC-SHA-256 with both key blocks hashed once; ``copy`` halves the work of each value."""
    padded = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded)).copy
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded)).copy

    def digest(data: bytes) -> bytes:
        first, second = inner(), outer()
        first.update(data)
        second.update(first.digest())
        return second.digest()

    return digest


def sm3_digest(key: bytes) -> Digest:
    """HMAC-SM3 (GB/T 32905) from ``cryptography``."""
    fresh = HMAC(key, SM3()).copy

    def digest(data: bytes) -> bytes:
        hmac = fresh()
        hmac.update(data)
        return hmac.finalize()

    return digest


# The letter is part of every sealed value, so families may be mixed in one column.
FAMILIES: dict[str, tuple[type[AesSealer] | type[Sm4Sealer], Callable[[bytes], Digest]]] = {
    "a": (AesSealer, sha256_digest),
    "s": (Sm4Sealer, sm3_digest),
}
LETTERS = {"aes": "a", "sm4": "s"}
