"""志愿楼长 (spec 2.6): named for a term, ended, looked after."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.registry.people.models import Building, Person

from ..enums import CaptainFrom
from ..models import Captain, CaptainCare

NAMED_BY = ("self", "mass", "organisation")


@transaction.atomic
def name_captain(
    *,
    actor: Any,
    building: Building,
    person: Person,
    came_from: str,
    named_by: str,
    begins_on: date | None = None,
    council: bool = False,
    demo: bool = False,
) -> Captain:
    """The person is a captain of the building; while a term runs, naming them again is the same term.

    Raises:
        Unacceptable: none of the four groups, or none of the three ways of being recommended.
    """
    if came_from not in CaptainFrom.values or named_by not in NAMED_BY:
        raise Unacceptable(_("请选择楼长来自哪一类人、由谁推荐。"))
    held = Captain._base_manager.filter(building=building, person=person, ends_on=None).first()
    if held is not None:
        return held
    try:
        with transaction.atomic():
            row = Captain.objects.create(
                building=building, person=person, came_from=came_from, named_by=named_by, council=council,
                begins_on=begins_on or timezone.localdate(), demo=demo,
            )  # fmt: skip
    except IntegrityError:
        return Captain._base_manager.get(building=building, person=person, ends_on=None)
    changes = {"came_from": came_from, "named_by": named_by}
    journal.record("captain.named", actor=actor, area=building.area_code, subject=row, changes=changes)
    return row


@transaction.atomic
def end_captain(*, actor: Any, captain: Captain, reason: str = "", on: date | None = None) -> Captain:
    """The term is over. Raises Unacceptable when it was already."""
    row = Captain.objects.select_for_update().select_related("building").get(pk=captain.pk)
    if row.ends_on is not None:
        raise Unacceptable(_("这位楼长的任期已经结束，请刷新页面。"))
    row.ends_on = max(on or timezone.localdate(), row.begins_on)
    row.save(update_fields=["ends_on"])
    journal.record("captain.ended", actor=actor, area=row.building.area_code, subject=row, reason=reason)
    return row


@transaction.atomic
def seat_in_council(*, actor: Any, captain: Captain, council: bool) -> Captain:
    """In the council of captains (楼事会), or no more."""
    row = Captain.objects.select_for_update().select_related("building").get(pk=captain.pk)
    if row.council != council:
        row.council = council
        row.save(update_fields=["council"])
        changes = {"council": council}
        journal.record(
            "captain.named", actor=actor, area=row.building.area_code, subject=row, changes=changes
        )
    return row


@transaction.atomic
def care_for_captain(
    *, actor: Any, captain: Captain, kind: str, words: str = "", on: date | None = None
) -> CaptainCare:
    """Note one of the four kinds of care. Raises Unacceptable without a kind."""
    if not kind.strip():
        raise Unacceptable(_("请选择是哪一项关爱。"))
    day = min(on or timezone.localdate(), timezone.localdate())
    row = CaptainCare.objects.create(
        captain=captain, on=day, kind=kind.strip()[:40], words=journal.without_personal(words)[:200]
    )
    journal.record(
        "captain.cared", actor=actor, area=captain.building.area_code, subject=captain,
        changes={"kind": row.kind},
    )  # fmt: skip
    return row
