"""What follows from ledgers: the dry run of a long one, the import itself, and counting anew."""

from __future__ import annotations

from contextlib import suppress

from wangge.flows.reactions import own_transactions
from wangge.foundation.journal.models import Entry
from wangge.registry.ledgers import actions
from wangge.registry.ledgers.actions.counts import recount, recount_all
from wangge.registry.ledgers.enums import Outcome
from wangge.registry.ledgers.guards import Unreadable
from wangge.registry.ledgers.models import Batch, Row
from wangge.registry.people.actions import check_people


@own_transactions
def plan_batch(entry: Entry) -> None:
    """On ledger.plan_requested: the dry run of a long file; after a kill it begins anew. One that was
    cancelled or mapped anew meanwhile, or whose file is broken, is not tried again: its page says why."""
    batch = Batch.objects.filter(pk=entry.subject_id, state="planning").first()
    if batch is not None:
        with suppress(actions.Overtaken, Unreadable):
            actions.plan_batch(actor=entry.actor, batch=batch)


@own_transactions
def write_batch(entry: Entry) -> None:
    """On ledger.commit_requested: write the batch by chunks; after a kill it goes on where it stopped."""
    batch = Batch.objects.get(pk=entry.subject_id)
    if batch.state != "cancelled":
        actions.commit_batch(actor=entry.actor, batch=batch)


@own_transactions
def count_anew(entry: Entry) -> None:
    """On ledger.imported: the counts of the area and of what it lies in."""
    recount(entry.area_code)


@own_transactions
def count_divided(entry: Entry) -> None:
    """On register.redivided: the counts of every community whose grids changed."""
    recount(*{code[:12] for code in (entry.area_code, *entry.changes["from"], *entry.changes["to"])})


@own_transactions
def check_records(entry: Entry) -> None:
    """On ledger.imported: whether the records it brought or changed contradict themselves."""
    rows = Row.objects.filter(batch=int(entry.subject_id), person__isnull=False).exclude(
        outcome=Outcome.UNCHANGED
    )
    people = rows.order_by("person").values_list("person", flat=True).distinct()
    check_people(people.iterator(chunk_size=10_000))


def check_settled(entry: Entry) -> None:
    """On case.settled: whether the record the row went into contradicts itself now."""
    check_people([int(entry.changes["person"])] if "person" in entry.changes else [])


def count_all_anew() -> None:
    """Sweep: people age, stays end and ledgers change without anybody writing."""
    recount_all()
