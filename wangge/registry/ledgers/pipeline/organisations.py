"""Firms named by staff sheets and by sheets of organisations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wangge.lib.bulk import find_rows, reserve_ids, update_rows, write_rows
from wangge.lib.sealing import seal_many, unseal
from wangge.registry.people.enums import OrganisationCategory
from wangge.registry.people.models import Organisation

from .offers import File, employer_key
from .writing import Stamp

USCC = 18
PLAIN = ("address", "legal_person", "staff_number", "scope")


class Organisations:
    """Code or name → Organisation id, looked up once and made when missing."""

    def __init__(self, community: str) -> None:
        self.community = community
        self.ids: dict[str, int] = {}
        self.uncoded: dict[str, int] = {}  # code → a firm held under the same name without a code

    def find(self, file: File, rows: Sequence[int]) -> list[int]:
        """Look up the firms of these rows; returns one row for each firm the register lacks."""
        wanted = {
            key: row for row in reversed(rows) if (key := employer_key(file, row)) and key not in self.ids
        }
        codes = [key for key in wanted if _is_code(key)]
        self.ids |= dict(find_rows(Organisation, "uscc", codes, ("uscc", "id")))
        names = {key: key for key in wanted if key not in self.ids and not _is_code(key)}
        coded = {key: _name(file, wanted[key]) for key in codes if key not in self.ids}
        names |= {name: key for key, name in coded.items() if name}
        for name, community, pk, code in sorted(
            find_rows(Organisation, "name", list(names), ("name", "community", "id", "uscc")), key=str
        ):
            key = names[name]
            if community == self.community and not (code and _is_code(key)):
                self.ids[key] = pk
                self.uncoded |= {key: pk} if _is_code(key) else {}
        return [row for key, row in wanted.items() if key not in self.ids]

    def make(self, file: File, rows: Sequence[int], stamp: Stamp) -> None:
        """Insert one firm for each of these rows; give the firms their code that were held without one."""
        if self.uncoded:
            update_rows(Organisation, "id", {"id": list(self.uncoded.values()), "uscc": list(self.uncoded)})
            self.uncoded = {}
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

    def changes(self, file: File, rows: Sequence[int], stamp: Stamp) -> dict[int, dict[str, Any]]:
        """Row → what it says of a held firm that is new: column → value. A firm told by a source that is
        trusted more is left as it is, except for what it lacks."""
        firms = {row: pk for row in rows if (pk := self.ids.get(employer_key(file, row), 0)) > 0}
        fields = ("id", "source", "phone_sealed", *PLAIN)
        held = {line[0]: line for line in find_rows(Organisation, "id", sorted(set(firms.values())), fields)}
        changes: dict[int, dict[str, Any]] = {}
        for row, pk in firms.items():
            _pk, source, phone, *plain = held[pk]
            told = {"phone_sealed": (file.value("org_phone", row), unseal(phone) if phone else "")}
            told |= {f: (_told(file, f, row), old) for f, old in zip(PLAIN, plain, strict=True)}
            new = {f: value for f, (value, old) in told.items()
                   if value and value != old and (not old or stamp.source >= source)}  # fmt: skip
            changes |= {row: new} if new else {}
        return changes

    def write_changes(self, file: File, changes: Mapping[int, Mapping[str, Any]], stamp: Stamp) -> None:
        """Write what ``changes`` found."""
        for fact in ("phone_sealed", *PLAIN):
            told = {
                self.ids[employer_key(file, row)]: new[fact] for row, new in changes.items() if fact in new
            }
            values = seal_many(list(told.values())) if fact == "phone_sealed" else list(told.values())
            update_rows(Organisation, "id", {"id": list(told), fact: values})
        pks = list({self.ids[employer_key(file, row)] for row in changes})
        update_rows(Organisation, "id", {"id": pks, "confirmed_at": [stamp.day.isoformat()] * len(pks)})


def _told(file: File, fact: str, row: int) -> Any:
    value = file.value("org_address" if fact == "address" else fact, row)
    return _count(value) if fact == "staff_number" and value else value


def _name(file: File, row: int) -> str:
    return file.value("employer", row) or file.value("org_name", row) or ""


def _is_code(key: str) -> bool:
    return len(key) == USCC and key.isascii()


def _category(key: str) -> str:
    """The register number of a self-employed begins with 92 (GB 32100)."""
    self_employed = _is_code(key) and key.startswith("92")
    return (OrganisationCategory.SELF_EMPLOYED if self_employed else OrganisationCategory.FIRM).value


def _count(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
