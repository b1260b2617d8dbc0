"""What killed processes left behind is erased by the clock."""

from __future__ import annotations

from ..models import Batch
from ..pipeline import store


def sweep_files() -> int:
    """Erase ledgers that stayed in clear after a kill, exports nobody fetched, and uploads of no batch."""
    claimed = set(Batch.objects.exclude(stored="").values_list("stored", flat=True))
    return store.sweep() + store.sweep_unclaimed(claimed)
