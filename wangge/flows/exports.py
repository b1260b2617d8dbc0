"""Large exports are written here, not while somebody's browser waits."""

from __future__ import annotations

from wangge.flows.reactions import own_transactions
from wangge.foundation.journal.models import Entry
from wangge.registry.ledgers.actions.export_later import Withdrawn, write_requested
from wangge.registry.ledgers.models import Export


@own_transactions
def write_export(entry: Entry) -> None:
    """On ledger.export_requested: write the file; one that is written or was given up stays as it is."""
    export = Export.objects.select_related("created_by").filter(pk=entry.subject_id).first()
    if export is None:
        return
    try:
        write_requested(export)
    except Withdrawn:  # the export's page says why; to try again would change nothing
        return
