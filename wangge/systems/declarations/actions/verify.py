"""Deciding about declarations: verified, wrong, not found; calls and visits on the way there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.registry.people.rules import Declined

from ..enums import CHECKED, Answered, Clock, State, Verb
from ..models import Decision, Declaration
from ..queries.profile import profile_of
from ..rules.places import one_address
from .verify_step import locked, take_step


@transaction.atomic
def verify_declaration(*, actor: Any, declaration: Declaration, note: str = "") -> Decision:
    """What was declared is true.

    Raises:
        Declined: decided already, withdrawn or over.
    """
    return take_step(actor=actor, row=locked(declaration), verb=Verb.VERIFY, note=note)


@transaction.atomic
def verify_many(*, actor: Any, declarations: Iterable[Declaration]) -> list[Decision]:
    """All of one address at once: a family, a dormitory. All or none.

    Raises:
        Declined: nothing chosen, several addresses, or one of them cannot be verified.
    """
    rows = [locked(each) for each in sorted(declarations, key=lambda each: each.pk)]
    if not rows:
        raise Declined("none", _("请先勾选要一起核实的报备。"))
    if not one_address(rows):
        raise Declined("addresses", _("只能一起核实同一地址的报备；请只勾选住在一处的人。"))
    now = timezone.now()  # one moment for all: they are taken back together
    return [take_step(actor=actor, row=row, verb=Verb.VERIFY, at=now) for row in rows]


@transaction.atomic
def mark_wrong(*, actor: Any, declaration: Declaration, fields: Sequence[str], note: str = "") -> Decision:
    """Something declared is not true; ``fields`` (of ``CHECKED``) say what.

    Raises:
        Declined: no field named, or decided already.
    """
    named = [name for name in CHECKED if name in fields]
    if not named:
        raise Declined("no_field", _("请选择哪一项有误。"))
    return take_step(actor=actor, row=locked(declaration), verb=Verb.WRONG, fields=named, note=note)


@transaction.atomic
def mark_not_found(*, actor: Any, declaration: Declaration, note: str = "") -> Decision:
    """Nobody of this name at the declared place.

    Raises:
        Declined: decided already, withdrawn or over.
    """
    return take_step(actor=actor, row=locked(declaration), verb=Verb.NOT_FOUND, note=note)


@transaction.atomic
def note_call(*, actor: Any, declaration: Declaration, answered: str, note: str = "") -> Decision:
    """One attempt to call. A transferred declaration is taken over by it.

    Raises:
        Declined: no such outcome, or the declaration is over.
    """
    if answered not in Answered.values:
        raise Declined("answered", _("请选择电话接通了没有。"))
    return _attempt(actor, declaration, Verb.CALL, note, answered)


@transaction.atomic
def note_nobody_home(*, actor: Any, declaration: Declaration, note: str = "") -> Decision:
    """Somebody went there and nobody opened: a call-back card was left (spec 2.2).

    Raises:
        Declined: the declaration is over.
    """
    return _attempt(actor, declaration, Verb.NOBODY, note)


@transaction.atomic
def take_over(*, actor: Any, declaration: Declaration) -> Decision:
    """What another place passed on is ours now: the clock of verifying begins anew.

    Raises:
        Declined: it was not passed on.
    """
    row = locked(declaration)
    return take_step(actor=actor, row=row, verb=Verb.TAKE, **taken(row))


def taken(row: Declaration) -> dict[str, Any]:
    """The clock of a declaration that is taken over; nothing where none was passed on."""
    if row.state != State.TRANSFERRED:
        return {}
    return {"clock": Clock.VERIFY, "verify_by": profile_of(row.received_at).verify_by(timezone.now())}


def _attempt(actor: Any, declaration: Declaration, verb: Verb, note: str, answered: str = "") -> Decision:
    row = locked(declaration)
    calls: dict[str, Any] = {"calls": row.calls + 1} if verb == Verb.CALL else {}
    return take_step(actor=actor, row=row, verb=verb, note=note, answered=answered, **calls, **taken(row))
