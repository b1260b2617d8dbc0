"""Writing the trail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from wangge.foundation.journal.digests import plain, row_digest
from wangge.foundation.journal.enums import State
from wangge.foundation.journal.models import Delivery, Entry
from wangge.foundation.journal.rules import PersonalValue as PersonalValue  # for callers in other apps
from wangge.foundation.journal.rules import refuse_personal as refuse_personal
from wangge.foundation.journal.rules import without_personal as without_personal

Row = tuple[str, Any, str, dict | None]  # subject_type, subject_id, area, changes
AT_ONCE = 2_000
_subscribed: dict[str, list[str]] = defaultdict(list)


def subscribe(kind: str, reaction: str) -> None:
    """From now on every entry of ``kind`` owes a run of ``reaction`` (a dotted name)."""
    if reaction not in _subscribed[kind]:
        _subscribed[kind].append(reaction)


def unsubscribe(kind: str, reaction: str) -> None:
    """Take a subscription back."""
    if reaction in _subscribed[kind]:
        _subscribed[kind].remove(reaction)


def record(
    kind: str,
    *,
    actor: Any,
    area: str,
    subject: models.Model | None = None,
    changes: dict | None = None,
    reason: str = "",
    data: dict | None = None,
) -> Entry:
    """Write one line of the trail in the caller's transaction, and owe the reactions to it.

    Args:
        kind: what happened, such as "person.merged".
        actor: a user, or a word such as "system" or "cli".
        area: the area code in whose reach it happened; "" is the whole district.
        subject: the row it happened to.
        changes: field -> [before, after] or any plain structure, without personal values.
        reason: free text; id numbers and phones in it are replaced by ***.
        data: what reactions need to know.

    Raises:
        PersonalValue: changes or data hold an id number or a phone.
    """
    entry = _line(
        kind, actor=actor, area=area, subject=_named(subject), changes=changes, reason=reason, data=data
    )
    with transaction.atomic():
        entry.save(force_insert=True)
        _owe([entry])
    return entry


def prepared(
    kind: str, *, actor: str, area: str, subject: tuple[str, str], data: dict | None = None
) -> tuple[Entry, list[str]]:
    """The line ``record`` would write, unsaved, and the reactions it would owe: for a caller that writes its
    own rows, the line and the deliveries in one statement.

    Args:
        subject: type and key of what it happened to.

    Raises:
        PersonalValue: data hold an id number or a phone.
    """
    entry = _line(kind, actor=actor, area=area, subject=subject, changes=None, reason="", data=data)
    return entry, list(_subscribed.get(kind, ()))


def record_many(
    kind: str,
    *,
    actor: Any,
    area: str,
    rows: Iterable[Row],
    reason: str = "",
    data: dict | None = None,
) -> int:
    """Write many lines of one kind; returns how many.

    Args:
        rows: (subject_type, subject_id, area, changes) each; an empty area falls back to ``area``.
    """
    lines = (
        _line(
            kind,
            actor=actor,
            area=at or area,
            subject=(what, str(which)),
            changes=changes,
            reason=reason,
            data=data,
        )
        for what, which, at, changes in rows
    )
    written = 0
    with transaction.atomic():
        for batch in _batches(lines):
            written += len(batch)
            _owe(Entry._base_manager.bulk_create(batch))
    return written


def account_of(actor: Any) -> str:
    """What rows and the trail call whoever acts: a user's account name, or a name such as "cli"."""
    return actor if isinstance(actor, str) else str(actor.get_username())


def _named(subject: models.Model | None) -> tuple[str, str]:
    return (subject._meta.label_lower, str(subject.pk)) if subject is not None else ("", "")


def _line(
    kind: str, *, actor: Any, area: str, subject: tuple[str, str], changes: Any, reason: str, data: Any
) -> Entry:
    refuse_personal(changes)
    refuse_personal(data)
    fields = {
        "at": timezone.now(),
        "kind": kind,
        "actor": account_of(actor),
        "area_code": area or settings.DISTRICT + "000000",
        "subject_type": subject[0],
        "subject_id": subject[1],
        "changes": plain(changes or {}),
        "reason": without_personal(reason)[:500],
        "data": plain(data or {}),
    }
    return Entry(**fields, digest=row_digest(**fields))


def _owe(entries: list[Entry]) -> None:
    owed = [
        Delivery(entry=entry, reaction=reaction)
        for entry in entries
        for reaction in _subscribed.get(entry.kind, ())
    ]
    if owed:
        Delivery.objects.bulk_create(owed)


def _batches(lines: Iterable[Entry]) -> Iterator[list[Entry]]:
    lines = iter(lines)
    while batch := list(islice(lines, AT_ONCE)):
        yield batch


@transaction.atomic
def retry_delivery(*, actor: Any, delivery: Delivery) -> None:
    """Put a failed reaction back into the queue, counting from nothing."""
    delivery.state, delivery.attempts, delivery.due_at = State.WAITING, 0, timezone.now()
    delivery.save(update_fields=["state", "attempts", "due_at"])
    data = {"reaction": delivery.reaction, "entry": delivery.entry_id}
    record("delivery.retried", actor=actor, area=delivery.entry.area_code, data=data)
