"""Personal fields at rest: sealed for reading, blinded for equality search (decision 6).

``seal`` makes "v<key>.<a|s>.<base64url of nonce, data, tag>" (a = AES-256-GCM, s = SM4-GCM);
``blind`` makes the 22 characters that equal texts share under one secret key (HMAC-SHA-256 or
HMAC-SM3 cut to 128 bits). The keys come from ``settings.FIELD_KEYS``.

Rotate sealing: append a key to FIELD_KEYS and run ``reseal`` over every sealed value; look-ups
go on as before, because the index belongs to the first key. To retire the first key as well: after
resealing, write ``reindex(sealed, key_id=<the second key>)`` over every index and drop the first
key from FIELD_KEYS in one maintenance step. Changing FIELD_CIPHER changes the index: reindex too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from .keys import BrokenSeal, KeyRing, SealingError, UnknownKey
from .provider import Provider, SoftwareProvider

SOFTWARE = "wangge.lib.sealing.provider.SoftwareProvider"

__all__ = [
    "BrokenSeal",
    "KeyRing",
    "Provider",
    "SealingError",
    "SoftwareProvider",
    "UnknownKey",
    "blind",
    "blind_many",
    "is_current",
    "provider",
    "reindex",
    "reseal",
    "reseal_many",
    "seal",
    "seal_many",
    "unseal",
    "unseal_many",
]


@lru_cache(maxsize=8)
def _provider(path: str, keys: str, cipher: str) -> Provider:
    return import_string(path)(keys=keys, cipher=cipher)


def provider() -> Provider:
    """The provider that the settings name; made once per distinct settings."""
    path = getattr(settings, "FIELD_PROVIDER", "") or SOFTWARE
    return _provider(path, settings.FIELD_KEYS, settings.FIELD_CIPHER)


def seal_many(texts: Sequence[str | None], field: str = "") -> list[str]:
    """Seal a column; empty and None become "".

    Args:
        texts: clear values. field: associated data, the name the value belongs to; a value
            sealed for one field does not open as another. Give the same one to ``unseal``.
    """
    return provider().seal_many(texts, field)


def unseal_many(sealed: Sequence[str | None], field: str = "") -> list[str]:
    """Open a column.

    Raises:
        UnknownKey: the key that sealed a value is not in the ring.
        BrokenSeal: a value was altered, belongs to another field, or its key's number was reused.
    """
    return provider().unseal_many(sealed, field)


def blind_many(texts: Sequence[str | None], field: str = "", *, key_id: int | None = None) -> list[str]:
    """The blind index of a column of canonical texts; empty and None become "".

    Args:
        field: separates the index of one field from others; leave "" where fields are compared.
        key_id: whose index key; None is the ring's first, the one look-ups use.
    """
    return provider().blind_many(texts, field, key_id)


def seal(text: str, field: str = "") -> str:
    """Seal one value, see ``seal_many``."""
    return seal_many([text], field)[0]


def unseal(sealed: str, field: str = "") -> str:
    """Open one value, see ``unseal_many``."""
    return unseal_many([sealed], field)[0]


def blind(text: str, field: str = "") -> str:
    """The blind index of one canonical text: 22 characters of url-safe base64."""
    return blind_many([text], field)[0]


def is_current(sealed: str) -> bool:
    """Whether a value was sealed with the newest key, so that ``reseal`` would leave it."""
    return provider().is_current(sealed)


def reseal_many(sealed: Sequence[str], field: str = "") -> list[str]:
    """Seal with the newest key what an older one sealed; what is current stays byte for byte."""
    result = list(sealed)
    old = [row for row, value in enumerate(result) if not is_current(value)]
    fresh = seal_many(unseal_many([result[row] for row in old], field), field)
    for row, value in zip(old, fresh, strict=True):
        result[row] = value
    return result


def reseal(sealed: str, field: str = "") -> str:
    """Seal one value with the newest key, see ``reseal_many``."""
    return reseal_many([sealed], field)[0]


def reindex(sealed: Sequence[str], *, key_id: int, field: str = "", index_field: str = "") -> list[str]:
    """The blind index that these sealed values will have once ``key_id`` stands first in the ring.

    Run it over every indexed value in one transaction, then drop the keys before ``key_id``:
    look-ups use the first key only, so values indexed by another are not found.

    Args:
        field: the associated data of the sealed values. index_field: the ``field`` of ``blind``.
    """
    return blind_many(unseal_many(sealed, field), index_field, key_id=key_id)
