"""The key that evidence is signed with: derived from the key that signs codes on paper, so that nothing more
has to be kept secret; one does not give away the other."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"wangge evidence 1"


def signer() -> tuple[Callable[[bytes], bytes], bytes]:
    """How the newest key signs, and its public half (32 bytes)."""
    key = list(_keys().values())[-1]
    return key.sign, key.public_key().public_bytes_raw()


def public_keys() -> dict[int, bytes]:
    """The public halves by the key's number, the newest last: bundles signed with an older one still hold."""
    return {number: key.public_key().public_bytes_raw() for number, key in _keys().items()}


def _keys() -> dict[int, Ed25519PrivateKey]:
    pairs = (pair.split(":", 1) for pair in settings.TOKEN_KEYS.split(",") if pair.strip())
    return {int(number): _derived(bytes.fromhex(seed.strip())) for number, seed in pairs}


def _derived(seed: bytes) -> Ed25519PrivateKey:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(seed)
    return Ed25519PrivateKey.from_private_bytes(made)
