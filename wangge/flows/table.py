"""The one table: event -> reactions, and what is swept by the clock. The only way sideways or up.

A reaction is a function ``react(entry: Entry) -> None`` named by its dotted path. It must be
idempotent: after a kill it runs again. A sweep is a function without arguments that looks at
rows, not at what it did last time.
"""

from __future__ import annotations

_FOLLOW = ("wangge.registry.people.actions.follow_redivision",)
REACTIONS: dict[str, tuple[str, ...]] = {
    "area.split": _FOLLOW,
    "area.merged": _FOLLOW,
    "area.border_moved": _FOLLOW,
    "ledger.commit_requested": ("wangge.flows.imports.write_batch",),
    "ledger.export_requested": ("wangge.flows.exports.write_export",),
    "ledger.imported": ("wangge.flows.imports.count_anew",),
    "register.redivided": ("wangge.flows.imports.count_anew",),
}

# dotted name -> at least so many seconds between two runs
SWEEPS: dict[str, int] = {
    "wangge.foundation.journal.sealing.seal_pending": 10,
    "wangge.foundation.journal.sweeps.check_trail": 24 * 3600,
    "wangge.registry.people.actions.follow_due_changes": 3600,
    "wangge.flows.imports.count_all_anew": 24 * 3600,
    "wangge.registry.ledgers.actions.counts.recount_touched": 300,
    "wangge.registry.ledgers.actions.tidy.sweep_files": 60,
    "wangge.registry.ledgers.actions.export_later.erase_old_exports": 1800,
    "wangge.foundation.access.retention.forget_old_readings": 24 * 3600,
    "wangge.foundation.access.retention.clear_dead_sessions": 3600,
}
