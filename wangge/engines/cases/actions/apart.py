"""Who may not take a step although her capacity allows it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Refused

from ..enums import Source
from ..models import Case
from ..reading.procedure import OPEN, Procedure
from ..reading.procedure import Step as Rule

RISING = ("worker", "community", "street", "district")
ON_DUTY = {Source.WORKER, Source.PATROL, Source.TOUR, Source.SELF_CHECK}


def look_at(actor: Any, case: Case, procedure: Procedure, rule: Rule, who: str) -> None:
    """Nobody closes what she complained of, nobody verifies what she did, and a level is closed by whom it
    names or above. At a level the worker closes herself (四级 网格自处) she also verifies it.

    Raises:
        Refused: with whom to leave it to.
    """
    closes = procedure.level_of(case.level).closes
    ends = bool(rule.to) and procedure.state(rule.to).end and "closed" in rule.counts
    if ends and closes in RISING and who in RISING and RISING.index(who) < RISING.index(closes):
        raise Refused(_("这个等级的事项不由您来“%(step)s”。") % {"step": rule.label})
    if isinstance(actor, str) or who in ("reporter", "launcher") or (closes == who == "worker"):
        return
    if OPEN in rule.apart and case.launcher_id == actor.pk and case.source not in ON_DUTY:
        raise Refused(_("这件事是您自己提出的，“%(step)s”要由别人来办。") % {"step": rule.label})
    if case.steps.filter(actor_user=actor, key__in=set(rule.apart) - {OPEN}).exists():
        raise Refused(_("这件事是您处理的，“%(step)s”要由别人来办。") % {"step": rule.label})
