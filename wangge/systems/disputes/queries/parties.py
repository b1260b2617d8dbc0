"""Parties as pages show them: in clear for who handles the dispute, as 申请人甲 for everybody else."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wangge.engines.cases.models import Case
from wangge.lib.masking import mask_id, mask_phone

from ..models import Party
from ..reading.parties import Told, letter


@dataclass(frozen=True)
class Line:
    """A party: ``alias`` for everybody; the rest is "" for who does not handle the dispute. Numbers and
    phones are masked."""

    party: Party
    alias: str
    name: str = ""
    id_no: str = ""
    phone: str = ""
    address: str = ""
    guardian: str = ""
    guardian_phone: str = ""
    note: str = ""

    @property
    def called(self) -> str:
        """As a handler reads it, else the alias."""
        return f"{self.alias} {self.name}".strip()


def rows_of(case: Case) -> QuerySet[Party]:
    """The parties of a case that still are."""
    return Party._base_manager.filter(case=case, gone_at=None).order_by("number")


def aliases_of(parties: list[Party]) -> dict[int, str]:
    """By the party's key: 申请人甲, 被申请人乙 …"""
    return {
        party.pk: _("%(side)s%(letter)s") % {"side": party.get_side_display(), "letter": letter(at)}
        for at, party in enumerate(parties)
    }


def lines_of(case: Case, *, clear: bool) -> list[Line]:
    """Its parties.

    Args:
        clear: the reader handles the dispute, and the look is logged.
    """
    parties = list(rows_of(case))
    names = aliases_of(parties)
    return [_line(party, names[party.pk]) if clear else Line(party, names[party.pk]) for party in parties]


def _line(party: Party, alias: str) -> Line:
    return Line(
        party, alias, party.clear("name"), mask_id(party.clear("id")), mask_phone(party.clear("phone")),
        party.clear("address"), party.clear("guardian"), mask_phone(party.clear("guardian_phone")),
        party.clear("note"),
    )  # fmt: skip


def told_of(case: Case) -> list[Told]:
    """Its parties as they would be typed, to be changed: only for who handles the dispute."""
    return [_told(party) for party in rows_of(case)]


def _told(party: Party) -> Told:
    clear = party.clear
    return Told(
        party.side, clear("name"), party.who, clear("id"), clear("phone"), clear("address"), party.minor,
        clear("guardian"), clear("guardian_phone"), clear("note"), party.person_id, party.number,
        organisation=party.organisation_id,
    )  # fmt: skip


def is_party(case: Case, name: str) -> bool:
    """Whether one of the parties, or a guardian, is called so."""
    wanted = name.strip()
    names = {text for row in rows_of(case) for text in (row.clear("name"), row.clear("guardian"))}
    return bool(wanted) and wanted in names
