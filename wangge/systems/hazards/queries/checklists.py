"""The checklists that are given out, as items to look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from wangge.engines.forms.models import FormVersion
from wangge.engines.forms.queries import asked_in, given_out

from ..enums import CHECKLIST, Kind
from ..reading.checklist import Item, hints_in, items_in


@dataclass(frozen=True)
class Checklist:
    """A published form whose key begins with ``hazard_``."""

    version: FormVersion
    items: tuple[Item, ...]

    @property
    def key(self) -> str:
        """The form_id of its workbook."""
        return str(self.version.form.key)

    @property
    def title(self) -> str:
        """As the workbook says."""
        return str(self.version.form.title)

    @property
    def kind(self) -> str:
        """Which hazards it finds; a district's own checklist finds others."""
        return kind_of(self.key)


def kind_of(key: str) -> str:
    """The kind of hazards a checklist finds, by its key."""
    kind = key.removeprefix(CHECKLIST)
    return kind if kind in Kind.values else str(Kind.OTHER)


def checklists() -> list[Checklist]:
    """Those in reach that have items, in the order of the kinds."""
    rows = given_out().filter(form__key__startswith=CHECKLIST)
    found = [checklist_of(row) for row in rows]
    rank = {kind: at for at, kind in enumerate(Kind.values)}
    return sorted((each for each in found if each.items), key=lambda each: (rank[each.kind], each.key))


def checklist(key: str) -> Checklist | None:
    """One of them by its key."""
    row = given_out().filter(form__key=key).first() if key.startswith(CHECKLIST) else None
    found = checklist_of(row) if row else None
    return found if found and found.items else None


def checklist_of(version: FormVersion) -> Checklist:
    """A version as a checklist; without items where it is none."""
    return Checklist(version, _items(version.pk, version.digest))


@lru_cache(maxsize=64)
def _items(pk: int, digest: str) -> tuple[Item, ...]:
    """A version that was given out never changes; a key that a roll-back gave again has another digest."""
    version = FormVersion._base_manager.select_related("form").defer("workbook").get(pk=pk)
    return tuple(items_in(asked_in(version), hints_in(version.xform)))
