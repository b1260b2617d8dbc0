"""The run over the whole register, in the background; and what an undone merge says."""

from __future__ import annotations

from wangge.flows.reactions import Postponed, own_transactions
from wangge.foundation.journal.models import Entry
from wangge.registry.linkage import actions
from wangge.registry.linkage.models import LinkRun


@own_transactions
def link_register(entry: Entry) -> None:
    """On linkage.requested: run; after a kill it begins anew, while another run is under way it waits."""
    run = LinkRun.objects.filter(pk=entry.subject_id).first()
    if run is None:
        return
    try:
        actions.carry_out(run=run)
    except actions.Busy as busy:
        raise Postponed(15) from busy


def remember_unmerged(entry: Entry) -> None:
    """On person.unmerged: the two are never asked about again."""
    actions.remember_unmerged(entry)
