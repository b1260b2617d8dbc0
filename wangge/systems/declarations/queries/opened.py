"""Sealed values of a declaration, opened for a page that masks them."""

from __future__ import annotations

from wangge.lib.sealing import unseal

from ..models import Declaration


def id_of(line: Declaration) -> str:
    """The id number as declared, "" when none was."""
    return unseal(line.id_sealed) if line.id_sealed else ""


def phone_of(line: Declaration) -> str:
    """The phone as declared, "" when none was."""
    return unseal(line.phone_sealed) if line.phone_sealed else ""
