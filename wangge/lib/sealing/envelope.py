"""A key for one purpose, itself sealed by the house key: destroy it, and what it sealed is noise."""

from __future__ import annotations

import os

from django.conf import settings

from . import seal, unseal
from .provider import SoftwareProvider

FIELD = "envelope"  # a data key never opens as a value of some field


def new_data_key() -> str:
    """A fresh random data key (256 bits), sealed by the house key; keep this text, nothing else."""
    return seal(os.urandom(32).hex(), FIELD)


def opened(sealed_key: str) -> SoftwareProvider:
    """What seals and unseals with the data key.

    Not kept between calls, so that a destroyed key does not live on in a process.

    Raises:
        BrokenSeal: the key was destroyed ("") or is none.
    """
    return SoftwareProvider(keys=f"1:{unseal(sealed_key, FIELD)}", cipher=settings.FIELD_CIPHER)
