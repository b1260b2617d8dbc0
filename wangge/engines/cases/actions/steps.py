"""One step of a case: looked at, applied, written down. Of two at once the second is told of the first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal

from .. import kinds
from ..models import Case, Step
from ..queries.procedures import procedure_of
from ..queries.tallies import counted
from ..queries.timeline import step_name
from ..reading.procedure import Procedure
from ..reading.procedure import Step as Rule
from ..rules import capacities, may_see, steps_open_to
from . import apart, clocks, confiding, effects, tallies
from .chain import Wish, write
from .needs import look_at


class NotNow(Unacceptable):
    """The case stands where this step is not possible."""


class Stale(Unacceptable):
    """Somebody was there first."""


@transaction.atomic
def take_step(*, actor: Any, case: Case, wish: Wish, as_reporter: bool = False, joins: bool = False) -> Step:
    """Take a step; the same ``op`` again is the same step.

    Args:
        as_reporter: the residents' door has seen her receipt. joins: by ``merge_case`` alone.

    Raises:
        NotNow: the state does not allow it. Stale: the case went on since ``wish.seen``.
        Refused: not in the actor's capacity, or she would judge her own work.
        Unacceptable: something the step needs is missing, or the op came before with other content.
    """
    row = Case._base_manager.select_for_update().get(pk=case.pk)
    known = row.steps.filter(op=wish.op).first()
    if known is not None:
        return _same(known, wish)
    if not as_reporter and not may_see(actor, row):
        raise Refused(_("这件事不在您的范围内。"))
    if row.forgotten_at:
        raise Unacceptable(_("办结已满五年，经过按规定清除了，不能再办；请登记一件新的。"))
    procedure = procedure_of(row)
    if not as_reporter:
        confiding.look_at(actor, row)
    held = {"reporter"} if as_reporter else capacities(actor, row)
    rule = _rule(procedure, row, wish, held)
    if "case" in rule.needs and not joins:
        raise Unacceptable(_("请选并入哪一件事项。"))
    _not_behind(row, wish, procedure)
    who = next(role for role in reversed(rule.roles) if role in held)  # the highest she has
    apart.look_at(actor, row, procedure, rule, who)
    look_at(row, procedure, rule, wish)
    kinds.look_at(actor, row, wish)
    return _taken(actor, row, procedure, rule, confiding.confide(actor=actor, case=row, wish=wish), who)


def _taken(actor: Any, row: Case, procedure: Procedure, rule: Rule, wish: Wish, who: str) -> Step:
    before, came_from, now = counted(row), row.state, timezone.now()
    effects.apply(row, procedure, rule, wish, now)
    _wind(row, procedure, rule, wish, now)
    if rule.to:
        row.auto_at = clocks.lasts(row, procedure, wish.until, now)
    step = write(actor=actor, case=row, who=who, came_from=came_from, wish=wish, at=now)
    row.save()
    if wish.helpers or (wish.unit is not None and "dispatched" not in rule.counts):
        row.helpers.add(*wish.helpers, *([wish.unit] if wish.unit else []))
    tallies.shift(before, counted(row))
    _noted(actor, row, procedure, step, rule)
    kinds.follow(row, step)
    return step


def _wind(row: Case, procedure: Procedure, rule: Rule, wish: Wish, now: datetime) -> None:
    """The clocks follow the step."""
    all_clocks = list(row.clocks.order_by("pk"))
    running = [clock for clock in all_clocks if clock.stopped_at is None]
    clocks.stop(running, procedure, rule.key, now)
    begun = clocks.start(row, procedure, rule.key, now, {c.key for c in running if c.stopped_at is None})
    still = [clock for clock in running if clock.stopped_at is None] + begun
    effects.regrade(still, procedure, row, wish)
    effects.extend(still, rule, wish)
    (clocks.pause if row.paused else clocks.resume)(still, now)
    if row.closed_at is not None:
        for clock in still:
            clocks.stop_one(clock, now)
    clocks.settle(row, procedure, all_clocks + begun)
    for clock in running + begun:
        clock.save()


def _same(known: Step, wish: Wish) -> Step:
    if known.key != wish.key or not confiding.says(known, wish.words):
        raise Unacceptable(_("这一步已经记过，内容不同；请刷新后再试。"))
    return known


def _rule(procedure: Procedure, row: Case, wish: Wish, held: set[str]) -> Rule:
    rule = next((step for step in procedure.steps if step.key == wish.key), None)
    if rule is None:
        raise Unacceptable(_("规程里没有这一步。"))
    if row.merged_into is not None and procedure.state(row.state).end:
        raise NotNow(_("这件事已并入 %(number)s，请在那里办理。") % {"number": row.merged_into.number})
    if row.state not in rule.origins:
        able = "、".join(step.label for step in steps_open_to(procedure, row, held)) or _("没有")
        state = procedure.state(row.state).label
        raise NotNow(_("现在是“%(state)s”，不能“%(step)s”；您现在能做的：%(able)s。") % {
            "state": state, "step": rule.label, "able": able})  # fmt: skip
    if not held & set(rule.roles):
        raise Refused(_("“%(step)s”不由您来办。") % {"step": rule.label})
    return rule


def _not_behind(row: Case, wish: Wish, procedure: Procedure) -> None:
    if wish.seen is None or wish.seen == row.version:
        return
    last = row.steps.order_by("-number").first()
    who, what = (last.name or last.actor, step_name(procedure, last.key)) if last else ("", "")
    raise Stale(_("刚才%(who)s已经“%(what)s”；请看过最新进展再办。") % {"who": who, "what": what})


def _noted(actor: Any, row: Case, procedure: Procedure, step: Step, rule: Rule) -> None:
    data = {"number": row.number, "system": row.system, "kind": row.kind, "step": step.key,
            "at_step": step.number, "to": row.state, "tells": list(rule.tells)}  # fmt: skip
    journal.record("case.step", actor=actor, area=row.area_code, subject=row, data=data)
    if "reopened" in rule.counts:
        journal.record("case.opened_again", actor=actor, area=row.area_code, subject=row, data=data)
    if row.closed_at is not None and not procedure.state(step.came_from).end:
        journal.record("case.closed", actor=actor, area=row.area_code, subject=row, data=data)
