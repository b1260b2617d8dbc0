"""Nobody was at home: a card, at most three tries in seven days, then the secretary (spec 5.6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.enums import Role
from wangge.foundation.access.models import Grant, User
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.scoping import EVERYWHERE, within
from wangge.lib.serials import new_code_number

from ..enums import CallBackState, DutyKind, DutyState, VisitResult
from ..models import CallBack, Duty, Visit
from ..queries.visits import same_door

TRIES, DAYS = 3, 7
OPEN = (CallBackState.WAITING, CallBackState.ANSWERED)


def leave_card(*, actor: Any, visit: Visit) -> CallBack:
    """The card of the door: a new one, or the one that lies there already with one try more. After the third
    the secretary has a duty."""
    around = same_door(visit)
    card = _lying(visit, around)
    if card is None:
        card = CallBack.objects.create(
            number=_free_number(), area_code=visit.area_code, visit=visit, tries=1,
            until=timezone.localtime(visit.at).date() + timedelta(days=DAYS),
        )  # fmt: skip
        _duty(card, visit, f"callback:{card.number}", card.visit.worker, card.until)
    else:
        card.tries = _tries(card, [*around, visit])
        card.save(update_fields=["tries"])
    if card.tries >= TRIES:
        to_secretary(actor=actor, card=card)
    return card


def _lying(visit: Visit, around: list[Visit]) -> CallBack | None:
    keys = [one.pk for one in around if one.result == VisitResult.NOBODY]
    rows = CallBack._base_manager.select_for_update().filter(visit__in=keys, state__in=OPEN)
    return rows.order_by("pk").first()


def _tries(card: CallBack, visits: list[Visit]) -> int:
    """Counted from the visits, so that their order of arrival does not matter."""
    near = timedelta(days=DAYS)
    nobody = [one for one in visits if one.result == VisitResult.NOBODY]
    return sum(abs(one.at - card.visit.at) <= near for one in nobody)


def _free_number() -> str:
    while True:
        number = new_code_number()
        if not CallBack._base_manager.filter(number=number).exists():
            return number


def _duty(card: CallBack, visit: Visit, key: str, username: str, due: date, words: str = "") -> None:
    """One duty to come again; the same key is the same duty."""
    worker = User.objects.filter(username=username, is_active=True).first()
    begins = timezone.localtime(visit.at).date()
    made = {
        "kind": DutyKind.CALL_BACK, "area_code": card.area_code, "room_id": visit.room_id, "worker": worker,
        "organisation_id": visit.organisation_id, "person_id": visit.person_id,
        "begins_on": begins + timedelta(days=1), "due_on": max(due, begins + timedelta(days=1)),
        "words": words or _("上次无人，已留卡。"),
    }  # fmt: skip
    Duty._base_manager.get_or_create(key=key, defaults=made)


def to_secretary(*, actor: Any, card: CallBack) -> None:
    """Three times nobody: the community's secretary decides how to reach the household. Once for a card."""
    secretary = (
        Grant.objects.filter(
            role=Role.COMMUNITY_SECRETARY, area_code=card.area_code[:12], user__is_active=True
        )
        .order_by("user_id").values_list("user__username", flat=True).first()
    )  # fmt: skip
    words = _("三次上门都没有人，请书记另想办法联系。")
    due = timezone.localdate() + timedelta(days=DAYS)
    _duty(card, card.visit, f"callback:{card.number}:secretary", secretary or "", due, words)


def answer_door(*, actor: Any, visit: Visit) -> None:
    """Somebody was met: the cards of earlier visits are done, and what the household said is forgotten."""
    keys = [one.pk for one in same_door(visit) if one.result == VisitResult.NOBODY and one.at <= visit.at]
    rows = CallBack._base_manager.filter(visit__in=keys).exclude(state=CallBackState.DONE)
    for card in rows.select_for_update():
        card.state, card.said = CallBackState.DONE, ""
        card.save(update_fields=["state", "said"])
        Duty._base_manager.filter(key__startswith=f"callback:{card.number}", state=DutyState.OPEN).update(
            state=DutyState.DONE, done_at=visit.at, done_by=visit.worker
        )


@transaction.atomic
def answer_card(*, card: CallBack, on: date, said: str = "") -> CallBack:
    """The household says on which day it is at home. The same again changes nothing; another day moves it.

    Raises:
        Unacceptable: over, visited meanwhile, or a day that cannot be.
    """
    row = CallBack._base_manager.select_for_update().select_related("visit").get(pk=card.pk)
    today = timezone.localdate()
    if row.state == CallBackState.DONE:
        raise Unacceptable(_("已经有人上门走访过，不用再约了。谢谢您。"))
    if row.state == CallBackState.LAPSED or row.until < today:
        raise Unacceptable(_("这张卡已经过期，请直接联系村（社区）。"))
    if not today <= on <= row.until:
        raise Unacceptable(
            _("请选今天到 %(day)s 之间的一天。") % {"day": row.until.isoformat()}
        )  # fmt: skip
    if (row.on, row.said) == (on, said[:200]):
        return row
    row.on, row.said, row.state, row.answered_at = on, said[:200], CallBackState.ANSWERED, timezone.now()
    row.save(update_fields=["on", "said", "state", "answered_at"])
    with within(EVERYWHERE):
        _appointment(row, on)
        journal.record(
            "callback.answered", actor="resident", area=row.area_code, subject=row,
            changes={"on": on.isoformat()},
        )  # fmt: skip
    return row


def _appointment(card: CallBack, on: date) -> None:
    """One duty on the day that was said; those of former days fall away."""
    held = Duty._base_manager.filter(key__startswith=f"callback:{card.number}:on:", state=DutyState.OPEN)
    key = f"callback:{card.number}:on:{on.isoformat()}"
    held.exclude(key=key).update(state=DutyState.CANCELLED)
    _duty(card, card.visit, key, card.visit.worker, on, _("住户约定这一天在家。"))
    Duty._base_manager.filter(key=key).update(
        begins_on=on, due_on=on, state=DutyState.OPEN, done_at=None, done_by=""
    )
    Duty._base_manager.filter(key=f"callback:{card.number}", state=DutyState.OPEN).update(
        state=DutyState.CANCELLED
    )


def lapse_due() -> int:
    """Sweep: cards past their last day that nobody answered become the secretary's matter."""
    over = CallBack._base_manager.filter(state__in=OPEN, until__lt=timezone.localdate())
    done = 0
    for key in list(over.values_list("pk", flat=True)[:2_000]):
        with transaction.atomic():
            card = CallBack._base_manager.select_for_update().select_related("visit").get(pk=key)
            if card.state not in OPEN:
                continue
            card.state, card.said = CallBackState.LAPSED, ""
            card.save(update_fields=["state", "said"])
            to_secretary(actor="system", card=card)
            done += 1
    return done
