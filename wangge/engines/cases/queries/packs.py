"""The procedures there are, and what is wrong with a district's own."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..reading.packs import ProcedureFault, read_procedure
from ..reading.procedure import Procedure
from .procedures import folders, keys


@dataclass(frozen=True)
class Pack:
    """One file. ``own``: of the district; ``faults`` in words where it cannot be used."""

    key: str
    own: bool
    procedure: Procedure | None
    faults: list[str] = field(default_factory=list)


def packs() -> list[Pack]:
    """Every procedure that holds now, the district's own first."""
    found = [pack for key in keys() if (pack := pack_of(key)) is not None]
    return sorted(found, key=lambda pack: (not pack.own, pack.key))


def pack_of(key: str) -> Pack | None:
    """The file that holds for a key; None where there is none."""
    for number, folder in enumerate(folders()):
        path = {each.stem: each for each in folder.glob("*.toml")}.get(key)
        if path is not None:
            return _read(key, number == 0, path.read_bytes())
    return None


def _read(key: str, own: bool, raw: bytes) -> Pack:
    try:
        return Pack(key, own, read_procedure(raw.decode("utf-8")))
    except UnicodeDecodeError:
        return Pack(key, own, None, ["UTF-8"])
    except ProcedureFault as fault:
        return Pack(key, own, None, fault.faults)
