"""The closing of an order: frozen → counted → erased → verified → certified, one step after the other.

What is to be done next stands in ``Closing.step``. A step that only writes rows commits together with the
mark that it is done; the others may be done twice without harm. After a kill ``carry_on`` goes on where it
stood.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal

from ..enums import Problem, State, Step
from ..models import Closing, EmergencyOrder
from ..queries import forget
from ..rules import codes_of, must_issue
from .certify import certify
from .erase import erase_files, erase_rows
from .freeze import freeze, summarise
from .scrub import Busy, scrub
from .settle import Remaining, check_nothing_remains

TRIES = 5  # about one a second


@dataclass(frozen=True)
class Stage:
    """What a step does; ``whole``: in one transaction with its mark."""

    do: Callable[[Closing], None]
    whole: bool = True


STAGES: dict[str, Stage] = {
    Step.FREEZE: Stage(freeze),
    Step.SUMMARISE: Stage(summarise),
    Step.ERASE: Stage(erase_rows),
    Step.FILES: Stage(erase_files, whole=False),
    Step.SCRUB: Stage(scrub, whole=False),
    Step.VERIFY: Stage(check_nothing_remains, whole=False),
    Step.CERTIFY: Stage(certify),
}


def request_closing(*, actor: Any, order: EmergencyOrder, reason: str = "") -> Closing:
    """Ask for the closing; the worker carries it out. Asked again, it answers the closing that is under way.

    Raises:
        Refused: an area outside the actor's reach. Unacceptable: a draft is discarded, not closed.
    """
    must_issue(actor, codes_of(order))
    with transaction.atomic():
        order = EmergencyOrder._base_manager.select_for_update().get(pk=order.pk)
        if order.state == State.DRAFT:
            raise Unacceptable(_("草稿没有启动过，直接删除即可。"))
        told = journal.without_personal(reason.strip())[:200]
        closing, new = Closing.objects.get_or_create(
            order=order, defaults={"asked_by": journal.account_of(actor), "reason": told}
        )
        if new:
            journal.record(
                "order.closing_requested", actor=actor, area=order.area_code, subject=order, reason=told
            )
    return closing


def close_order(*, actor: Any, order: EmergencyOrder, reason: str = "") -> Closing:
    """Close it here and now; raises what ``request_closing`` and ``carry_on`` raise. Storage that a row
    somebody could still see kept from being rewritten is rewritten again, a few times."""
    closing = request_closing(actor=actor, order=order, reason=reason)
    for _try in range(TRIES):
        try:
            return carry_on(closing)
        except Busy:
            if _fresh(closing).step != Step.SCRUB:
                raise
            time.sleep(1)
    return carry_on(closing)


def carry_on(closing: Closing) -> Closing:
    """Do what is left of a closing, to its end. Outside a transaction: storage is rewritten.

    Raises:
        Busy: another process holds the database; nothing is lost, call again.
        Remaining: the verification found something; ``closing.found`` says where.
    """
    if connection.in_atomic_block:
        raise RuntimeError("A closing rewrites storage, which no transaction may contain.")
    while (closing := _fresh(closing)).step != Step.DONE:
        try:
            _do(closing, STAGES[closing.step])
        except Exception as error:
            problem = {Busy: Problem.BUSY, Remaining: Problem.FOUND}.get(type(error), Problem.BROKEN)
            Closing.objects.filter(pk=closing.pk).update(problem=problem, moved_at=timezone.now())
            raise
        forget()
    return closing


def _do(closing: Closing, stage: Stage) -> None:
    if not stage.whole:
        stage.do(closing)
        return _done(closing, closing.step)
    with transaction.atomic():
        locked = Closing.objects.select_for_update().get(pk=closing.pk)
        if locked.step == closing.step:  # else another process did it meanwhile
            stage.do(locked)
            locked.save()
            _done(locked, locked.step)
    return None


def _done(closing: Closing, step: str) -> None:
    """Mark a step as done, unless another process did."""
    steps = list(Step)
    following = steps[steps.index(Step(step)) + 1]
    Closing.objects.filter(pk=closing.pk, step=step).update(
        step=following, problem="", moved_at=timezone.now()
    )


def _fresh(closing: Closing) -> Closing:
    return Closing.objects.select_related("order").get(pk=closing.pk)
