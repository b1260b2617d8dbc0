"""Procedures as they are now, and as they were when a case began."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from ..models import Case, ProcedureText
from ..reading.packs import SHIPPED, read_procedure
from ..reading.procedure import Procedure


class NoSuchProcedure(LookupError):
    """No package has a procedure of this key."""


def folders() -> list[Path]:
    """Where procedures lie: the district's own first, then those that are shipped as examples."""
    return [Path(settings.HOME) / "districts" / settings.DISTRICT / "procedures", SHIPPED]


def procedure_now(key: str) -> Procedure:
    """The procedure that a case opened now goes by. Raises NoSuchProcedure."""
    return _parsed(text_of(key))


def text_of(key: str) -> str:
    """Its text. Raises NoSuchProcedure."""
    for folder in folders():
        path = folder / f"{key}.toml"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise NoSuchProcedure(key)


def keys() -> list[str]:
    """Every procedure there is."""
    return sorted({path.stem for folder in folders() for path in folder.glob("*.toml")})


def row_for(key: str) -> ProcedureText:
    """The kept text of the procedure as it is now; kept at the first case that goes by it."""
    text = text_of(key)
    digest = sha256(text.encode()).hexdigest()[:32]
    return ProcedureText.objects.get_or_create(digest=digest, defaults={"key": key, "text": text})[0]


def procedure_of(case: Case) -> Procedure:
    """The procedure a case goes by, as it was when the case began."""
    return by_pk(case.procedure_id)


@lru_cache(maxsize=256)
def by_pk(pk: str) -> Procedure:
    """A kept text, read: known by its hash, it never is another."""
    return _parsed(ProcedureText.objects.get(pk=pk).text)


@lru_cache(maxsize=64)
def _parsed(text: str) -> Procedure:
    return read_procedure(text)
