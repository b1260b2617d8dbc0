"""What follows from ledgers: the import itself, and counting anew."""

from __future__ import annotations

from wangge.flows.reactions import own_transactions
from wangge.foundation.journal.models import Entry
from wangge.registry.ledgers.actions import commit_batch
from wangge.registry.ledgers.actions.counts import recount, recount_all
from wangge.registry.ledgers.models import Batch


@own_transactions
def write_batch(entry: Entry) -> None:
    """On ledger.commit_requested: write the batch by chunks; after a kill it goes on where it stopped."""
    batch = Batch.objects.get(pk=entry.subject_id)
    if batch.state != "cancelled":
        commit_batch(actor=entry.actor, batch=batch)


@own_transactions
def count_anew(entry: Entry) -> None:
    """On ledger.imported and register.redivided: the counts of the area and of what it lies in."""
    recount(entry.area_code)


def count_all_anew() -> None:
    """Sweep: people age, stays end and ledgers change without anybody writing."""
    recount_all()
