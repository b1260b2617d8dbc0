"""Firms named by staff sheets and by sheets of organisations."""

from __future__ import annotations

from collections.abc import Sequence

from wangge.lib.bulk import find_rows, reserve_ids, write_rows
from wangge.lib.sealing import seal_many
from wangge.registry.people.enums import OrganisationCategory
from wangge.registry.people.models import Organisation

from .offers import File, employer_key
from .writing import Stamp

USCC = 18


class Organisations:
    """Code or name → Organisation id, looked up once and made when missing."""

    def __init__(self, community: str) -> None:
        self.community = community
        self.ids: dict[str, int] = {}

    def find(self, file: File, rows: Sequence[int]) -> list[int]:
        """Look up the firms of these rows; returns one row for each firm the register lacks."""
        wanted = {
            key: row for row in reversed(rows) if (key := employer_key(file, row)) and key not in self.ids
        }
        codes = [key for key in wanted if _is_code(key)]
        self.ids |= dict(find_rows(Organisation, "uscc", codes, ("uscc", "id")))
        names = [key for key in wanted if key not in self.ids and not _is_code(key)]
        for name, community, pk in sorted(
            find_rows(Organisation, "name", names, ("name", "community", "id"))
        ):
            if community == self.community:
                self.ids[name] = pk
        return [row for key, row in wanted.items() if key not in self.ids]

    def make(self, file: File, rows: Sequence[int], stamp: Stamp) -> None:
        """Insert one firm for each of these rows."""
        if not rows:
            return
        keys = [employer_key(file, row) for row in rows]
        ids = reserve_ids(Organisation, len(rows))

        def get(*facts: str) -> list[str]:
            return [next((v for f in facts if (v := file.value(f, row))), "") for row in rows]

        write_rows(
            Organisation,
            {
                "id": ids,
                "area_code": [self.community] * len(rows),
                "community": [self.community] * len(rows),
                "uscc": [key if _is_code(key) else None for key in keys],
                "name": [name or key for name, key in zip(get("employer", "org_name"), keys, strict=True)],
                "category": [_category(key) for key in keys],
                "industry": [""] * len(rows),
                "address": get("org_address", "work_address"),
                "legal_person": get("legal_person"),
                "phone_sealed": seal_many(get("org_phone")),
                "staff_number": [_count(text) for text in get("staff_number")],
                "scope": get("scope"),
                "status": [""] * len(rows),
                "source": [stamp.source] * len(rows),
                "confirmed_at": [stamp.day.isoformat()] * len(rows),
                "demo": [stamp.demo] * len(rows),
            },
        )
        self.ids |= dict(zip(keys, ids, strict=True))


def _is_code(key: str) -> bool:
    return len(key) == USCC and key.isascii()


def _category(key: str) -> str:
    """The register number of a self-employed begins with 92 (GB 32100)."""
    self_employed = _is_code(key) and key.startswith("92")
    return (OrganisationCategory.SELF_EMPLOYED if self_employed else OrganisationCategory.FIRM).value


def _count(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
