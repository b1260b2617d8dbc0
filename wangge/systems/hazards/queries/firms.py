"""Enterprise responsibility: which firms pledged, which checked themselves this month, which did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from wangge.engines.cases.models import Case
from wangge.lib import signing
from wangge.lib.figures import within_area
from wangge.lib.serials import is_code_number
from wangge.registry.people.enums import OrganisationStatus
from wangge.registry.people.models import Organisation

from ..enums import SYSTEM, By
from ..models import Inspection, Link, Pledge
from ..outgoing.lines import FirmLine

KIND = "S"  # self-check; B is a call-back card, V a declaration's, G an invitation
SIDES = ("missing", "done", "unpledged", "all")


def month_of(text: str) -> date:
    """The first day of a month written 2026-11; this month for anything else, and for what lies ahead."""
    today = timezone.localdate().replace(day=1)
    try:
        return min(date.fromisoformat(f"{text}-01"), today)
    except ValueError:
        return today


def token_of(link: Link) -> str:
    """The signed token on the firm's code; it holds to the end of its last day."""
    last = timezone.make_aware(datetime.combine(link.ends_on + timedelta(days=1), time.min))
    return signing.sign(signing.Token(KIND, int(link.number), link.round, last))


@dataclass(frozen=True)
class Opened:
    """What a scan found: the link, or why there is none (unknown, forged, over, closed)."""

    link: Link | None
    why: str = ""


def opened(text: str) -> Opened:
    """The link a token names."""
    try:
        token = signing.read(text)
    except signing.BadToken as bad:
        return Opened(None, "forged" if bad.why in ("signature", "key") else "unknown")
    number = f"{token.number:010d}"
    if token.kind != KIND or not is_code_number(number):
        return Opened(None, "unknown")
    link = Link._base_manager.select_related("organisation__room__building").filter(number=number).first()
    if link is None:
        return Opened(None, "unknown")
    if link.revoked_at or token.round != link.round or token.ended(timezone.now()):
        return Opened(None, "over")
    return Opened(None, "closed") if link.organisation.closed_on else Opened(link)


def responsible(area: str) -> QuerySet[Link]:
    """The firms in reach that hold a code: those that are to check themselves."""
    rows = Link.objects.filter(revoked_at=None, organisation__closed_on=None)
    return within_area(rows, area).select_related("organisation").order_by("area_code", "organisation__name")


def by_side(area: str, month: date, side: str) -> QuerySet[Link]:
    """Those that did not check themselves in a month, that did, that did not pledge this year, or all."""
    rows = responsible(area)
    checks = Inspection._base_manager.filter(organisation=OuterRef("organisation"), by=By.SELF, month=month)
    pledges = Pledge._base_manager.filter(organisation=OuterRef("organisation"), year=month.year)
    if side == "missing":
        return rows.exclude(Exists(checks))
    if side == "done":
        return rows.filter(Exists(checks))
    return rows.exclude(Exists(pledges)) if side == "unpledged" else rows


def lines_of(links: list[Link], month: date) -> list[FirmLine]:
    """A page of the list; three reads."""
    firms = [link.organisation_id for link in links]
    pledges = {
        row.organisation_id: row for row in Pledge.objects.filter(organisation__in=firms, year=month.year)
    }
    checks = {
        row.organisation_id: row
        for row in Inspection.objects.filter(organisation__in=firms, by=By.SELF, month=month).order_by("pk")
    }
    hazards: dict[int, int] = {}
    rows = Case.objects.filter(organisation__in=firms, system=SYSTEM, closed_at=None)
    for firm in rows.values_list("organisation", flat=True):
        hazards[firm] = hazards.get(firm, 0) + 1
    return [
        FirmLine(link, pledges.get(pk), checks.get(pk), hazards.get(pk, 0))
        for link, pk in zip(links, firms, strict=True)
    ]


def firms_without(area: str) -> QuerySet[Organisation]:
    """Open firms in an area that hold no code yet."""
    rows = within_area(Organisation.objects.filter(closed_on=None), area)
    held = Link._base_manager.filter(organisation=OuterRef("pk"), revoked_at=None)
    return rows.exclude(status=OrganisationStatus.CLOSED).exclude(Exists(held)).order_by("area_code", "name")
