"""Codes on places: made once a place, renewed when lost or copied, revoked with a reason."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.serials import new_code_number
from wangge.registry.people.rules import Declined

from ..enums import Scope
from ..models import ReportCode
from ..queries import codes as reading
from ..queries.codes_places import AREAS, PLACED, area_of, name_of, uncoded

AT_ONCE, TRIES = 1_000, 5


@transaction.atomic
def make_code(
    *,
    actor: Any,
    scope: str,
    area_code: str,
    label: str,
    building: Any = None,
    room: Any = None,
    organisation: Any = None,
    valid_to: date | None = None,
) -> ReportCode:
    """The code of a place, made when it has none; a place with a code that ended gets it renewed.

    Raises:
        Declined: no label.
    """
    if not label.strip():
        raise Declined("no_label", _("请填写地点名称，海报上要印。"))
    placed = {"building": building, "room": room, "organisation": organisation}
    where: dict[str, Any] = {name: value for name, value in placed.items() if value is not None}
    where = where or {"area_code": area_code, "label": label.strip()[:120], **dict.fromkeys(placed)}
    held = ReportCode._base_manager.filter(scope=scope, revoked_at=None, **where).first()
    if held is not None:
        return held if _live(held) else renew_code(actor=actor, code=held, valid_to=valid_to)
    facts = where | {
        "scope": scope,
        "area_code": area_code,
        "label": label.strip()[:120],
        "valid_to": valid_to,
    }
    code = _made(facts)
    journal.record("code.made", actor=actor, area=code.area_code, subject=code, changes={"scope": scope})
    return code


def _made(facts: dict[str, Any]) -> ReportCode:
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return ReportCode._base_manager.create(**_new(facts))
        except IntegrityError:  # the number was given before, or somebody else made this one right now
            same = {name: value for name, value in facts.items() if name not in ("valid_to",)}
            if held := ReportCode._base_manager.filter(revoked_at=None, **same).first():
                return held
    raise RuntimeError("no free number for a code")


def _new(facts: dict[str, Any]) -> dict[str, Any]:
    return facts | {"number": new_code_number(), "valid_from": timezone.localdate(), "demo": settings.DEMO}


def make_code_for(*, actor: Any, scope: str, place: Any, valid_to: date | None = None) -> ReportCode:
    """The code of one registered place, as ``make_code``."""
    return make_code(actor=actor, **_facts(scope, place, valid_to))


@transaction.atomic
def make_codes(*, actor: Any, scope: str, area_code: str, valid_to: date | None = None) -> int:
    """A code for every place of a scope in an area that has none; returns how many were made. Run again it
    makes none: one code a place.

    Raises:
        Declined: the register keeps no list of such places.
    """
    if scope not in AREAS and scope not in PLACED:
        said = _("登记册里没有“%(scope)s”的清单，请逐个填写名称制码。") % {"scope": Scope(scope).label}
        raise Declined("no_list", said)
    missing_first = uncoded(scope, area_code).count()
    for _try in range(TRIES):  # a number given before leaves its place for the next round
        missing = uncoded(scope, area_code).iterator(chunk_size=AT_ONCE)
        while some := list(islice(missing, AT_ONCE)):
            rows = [ReportCode(**_new(_facts(scope, place, valid_to))) for place in some]
            ReportCode._base_manager.bulk_create(rows, ignore_conflicts=True)
        if not uncoded(scope, area_code).exists():
            break
    made = missing_first - uncoded(scope, area_code).count()
    if made:
        changes = {"scope": scope, "codes": made}
        journal.record("code.made", actor=actor, area=area_code, changes=changes)
    return made


def _facts(scope: str, place: Any, valid_to: date | None) -> dict[str, Any]:
    facts = {"scope": scope, "area_code": area_of(place), "label": name_of(place)[:120], "valid_to": valid_to}
    return facts if scope in AREAS else facts | {PLACED[Scope(scope)]: place}


@transaction.atomic
def renew_code(*, actor: Any, code: ReportCode, valid_to: date | None = None) -> ReportCode:
    """A new number and the next round: what hangs there today leads nowhere from now on, scanned or typed.

    Raises:
        Declined: it was revoked.
    """
    row = ReportCode._base_manager.select_for_update().get(pk=code.pk)
    if row.revoked_at is not None:
        raise Declined("revoked", _("这个报备码已停用，不能换发；请为这个地点重新制码。"))
    reading.forget(row.number)
    row.round = row.round % 255 + 1
    row.valid_from, row.valid_to, row.printed_at = timezone.localdate(), valid_to, None
    _renumber(row)
    journal.record("code.renewed", actor=actor, area=row.area_code, subject=row, changes={"round": row.round})
    return row


def _renumber(row: ReportCode) -> None:
    for _try in range(TRIES):
        row.number = new_code_number()
        if not ReportCode._base_manager.filter(number=row.number).exists():
            return row.save()
    raise RuntimeError("no free number for a code")


@transaction.atomic
def revoke_code(*, actor: Any, code: ReportCode, why: str) -> ReportCode:
    """From now on the code leads nowhere; what was declared by it stays. Revoked again it stays as it was.

    Raises:
        Declined: no reason.
    """
    if not why.strip():
        raise Declined("no_reason", _("请写明停用的原因。"))
    row = ReportCode._base_manager.select_for_update().get(pk=code.pk)
    if row.revoked_at is None:
        row.revoked_at, row.revoked_why = timezone.now(), journal.without_personal(why.strip())[:200]
        row.save(update_fields=["revoked_at", "revoked_why"])
        reading.forget(row.number)
        journal.record("code.revoked", actor=actor, area=row.area_code, subject=row, reason=why.strip())
    return row


def _live(code: ReportCode) -> bool:
    today = timezone.localdate()
    return code.valid_from <= today and (code.valid_to is None or today <= code.valid_to)
