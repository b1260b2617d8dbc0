"""Departmental tables are filled here, not while somebody's browser waits."""

from __future__ import annotations

from wangge.flows.reactions import own_transactions
from wangge.foundation.journal.models import Entry
from wangge.registry.tables.actions.admission import read_all_again
from wangge.registry.tables.actions.later import Withdrawn, write_requested
from wangge.registry.tables.models import Fill


@own_transactions
def write_fill(entry: Entry) -> None:
    """On table.fill_requested: fill the workbook; one that is filled or was given up stays as it is."""
    fill = Fill.objects.select_related("created_by", "request").filter(pk=entry.subject_id).first()
    if fill is None:
        return
    try:
        write_requested(fill)
    except Withdrawn:  # the filling's page says why; to try again would change nothing
        return


def read_waiting(entry: Entry) -> None:
    """On field.admitted and header.mapped: requests that waited for the fact read their blanks again."""
    read_all_again(actor=entry.actor, fact=entry.data.get("fact", ""))
