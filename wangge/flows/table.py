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
    "area.change_withdrawn": _FOLLOW,
    "ledger.commit_requested": ("wangge.flows.imports.write_batch",),
    "ledger.plan_requested": ("wangge.flows.imports.plan_batch",),
    "ledger.export_requested": ("wangge.flows.exports.write_export",),
    "ledger.imported": ("wangge.flows.imports.count_anew", "wangge.flows.imports.check_records"),
    "case.settled": ("wangge.flows.imports.check_settled",),
    "table.fill_requested": ("wangge.flows.tables.write_fill",),
    "field.admitted": ("wangge.flows.tables.read_waiting",),
    "header.mapped": ("wangge.flows.tables.read_waiting",),
    "code.posters_requested": ("wangge.flows.posters.write_run",),
    "linkage.requested": ("wangge.flows.linking.link_register",),
    "person.unmerged": ("wangge.flows.linking.remember_unmerged",),
    "group.member_joined": ("wangge.systems.groups.actions.match_member",),
    "group.activated": ("wangge.systems.groups.actions.match_group",),
    "group.organisation_linked": ("wangge.systems.groups.actions.match_group",),
    "group.reminder_requested": ("wangge.systems.groups.actions.send_reminder",),
    "commuter.reminded": ("wangge.systems.fieldwork.actions.commuters.send_reminder",),
    "group.leave_refused": ("wangge.systems.groups.actions.send_decision",),
    "group.dissolve_requested": ("wangge.systems.groups.actions.send_dissolution",),
    "group.dissolution_told": ("wangge.systems.groups.actions.send_farewell",),
    "proof.requested": ("wangge.foundation.proofs.actions.send_waiting",),
    "order.closing_requested": ("wangge.flows.orders.close_order",),
    "order.remains_accepted": ("wangge.flows.orders.close_order",),
    "rights.answered": ("wangge.flows.rights.tell_answered",),
    "rights.extended": ("wangge.flows.rights.tell_answered",),
    "register.redivided": (
        "wangge.flows.imports.count_divided",
        "wangge.systems.fieldwork.actions.campaigns_follow.follow_doors",
    ),
}

# dotted name -> at least so many seconds between two runs
SWEEPS: dict[str, int] = {
    "wangge.foundation.journal.sealing.seal_pending": 10,
    "wangge.foundation.journal.sweeps.check_trail": 24 * 3600,
    "wangge.registry.people.actions.follow_due_changes": 3600,
    "wangge.registry.people.actions.check_touched": 300,
    "wangge.flows.imports.count_all_anew": 24 * 3600,
    "wangge.registry.ledgers.actions.counts.recount_touched": 300,
    "wangge.registry.ledgers.actions.tidy.sweep_files": 60,
    "wangge.registry.ledgers.actions.export_later.erase_old_exports": 1800,
    "wangge.registry.tables.actions.later.erase_old_fills": 1800,
    "wangge.registry.tables.actions.keeping.sweep_files": 3600,
    "wangge.registry.tables.actions.refill.refill_due": 900,
    "wangge.foundation.proofs.sweeps.forget_old": 3600,
    "wangge.systems.groups.actions.carry_out_due": 300,
    "wangge.systems.groups.actions.erase_due": 3600,
    "wangge.systems.fieldwork.actions.generate.keep_up": 600,
    "wangge.systems.fieldwork.actions.generate_follow.follow": 900,
    "wangge.systems.declarations.actions.matching.match_waiting": 2,
    "wangge.systems.declarations.actions.follow.follow_ended_grids": 3600,
    "wangge.systems.declarations.actions.submit_limits.clear_old_tallies": 3600,
    "wangge.systems.declarations.actions.codes_print.erase_old_posters": 1800,
    "wangge.systems.declarations.sweeps.end_due": 900,
    "wangge.systems.declarations.retention.archive_due": 3600,
    "wangge.foundation.orders.sweeps.warn_before_end": 3600,
    "wangge.foundation.orders.sweeps.close_overdue": 300,
    "wangge.foundation.orders.sweeps.verify_again": 3600,
    "wangge.foundation.orders.sweeps.erase_old_exports": 1800,
    "wangge.systems.fieldwork.actions.callbacks.lapse_due": 3600,
    "wangge.registry.people.retention.forget_undo": 24 * 3600,
    "wangge.registry.ledgers.retention.forget_decided_rows": 24 * 3600,
    "wangge.foundation.access.retention.forget_old_readings": 24 * 3600,
    "wangge.foundation.access.retention.clear_dead_sessions": 3600,
    "wangge.registry.rights.sweeps.note_overdue": 3600,
    "wangge.foundation.photos.sweeps.forget_unfinished": 24 * 3600,
    "wangge.foundation.photos.sweeps.forget_old": 24 * 3600,
    "wangge.engines.sync.retention.forget_old": 24 * 3600,
    "wangge.engines.forms.retention.forget_old": 24 * 3600,
    "wangge.engines.forms.sweeps.seal_old_files": 24 * 3600,
    "wangge.registry.rights.sweeps.forget_old": 24 * 3600,
    "wangge.foundation.clients.actions.announce_sealed": 5,
    "wangge.foundation.clients.actions.send_due": 5,
    "wangge.foundation.clients.retention.forget_old_sendings": 24 * 3600,
}
