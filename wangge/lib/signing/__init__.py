"""Signed tokens for codes on paper and on screens: short, checked offline, never guessed.

A token is base32 of ``version, key, kind, number (6 bytes), round, ends (4 bytes, hours since 1970)`` and
the signature over those; about 125 letters and digits, which a QR code holds in its densest text mode.
Ed25519 (RFC 8032) by default; another algorithm (SM2 in a hardware module) by a provider that
``settings.TOKEN_PROVIDER`` names. A token says what it is and until when; whether it was revoked only the
server knows.
"""

from __future__ import annotations

from base64 import b32decode, b32encode
from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from .provider import Ed25519Provider, Provider
from .token import BadToken, Token, decode, encode

SOFTWARE = "wangge.lib.signing.Ed25519Provider"

__all__ = ["BadToken", "Ed25519Provider", "Provider", "Token", "provider", "public_keys", "read", "sign"]


@lru_cache(maxsize=4)
def _provider(path: str, seeds: str) -> Provider:
    return import_string(path)(seeds)


def provider() -> Provider:
    """The provider the settings name; made once per distinct settings."""
    return _provider(getattr(settings, "TOKEN_PROVIDER", "") or SOFTWARE, settings.TOKEN_KEYS)


def sign(token: Token) -> str:
    """The token as text, upper case letters and digits 2-7."""
    key, body = provider().current, encode(token, provider().current)
    return _text(body + provider().sign(key, body))


def read(text: str) -> Token:
    """What a token says, its signature checked; its end is the caller's to judge (``Token.ended``).

    Raises:
        BadToken: not a token, of an unknown key, or altered.
    """
    raw = _bytes(text)
    token, key, body, signature = decode(raw)
    if not provider().verify(key, body, signature):
        raise BadToken("signature")
    return token


def public_keys() -> dict[int, str]:
    """Key number -> public key in hex, for checking without the server."""
    return provider().public_keys()


def _text(raw: bytes) -> str:
    return b32encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    text = text.strip().upper()
    if len(text) > 400 or not text.isascii():
        raise BadToken("form")
    try:
        return b32decode(text + "=" * (-len(text) % 8))
    except ValueError as error:
        raise BadToken("form") from error
