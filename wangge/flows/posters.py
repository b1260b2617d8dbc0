"""Many posters are set here, not while somebody's browser waits."""

from __future__ import annotations

from wangge.flows.reactions import own_transactions
from wangge.foundation.journal.models import Entry
from wangge.systems.declarations.actions.codes_print import write_posters
from wangge.systems.declarations.models import PosterRun


@own_transactions
def write_run(entry: Entry) -> None:
    """On code.posters_requested: write the file; one that is written or was given up stays as it is."""
    run = PosterRun.objects.select_related("created_by").filter(pk=entry.subject_id).first()
    if run is not None:
        write_posters(run)
