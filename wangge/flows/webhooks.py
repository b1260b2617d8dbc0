"""Which events clients of the API may be told of. The sweep ``announce_sealed`` tells them from the sealed
trail: a reaction an event would cost every declaration a row and a run, also where nobody listens."""

from __future__ import annotations

# kind of event -> the scope a client needs; a kind stands here only where its entry holds no person's value
OFFERED: dict[str, str] = {
    "declaration.submitted": "declarations.read",
    "declaration.decided": "declarations.read",
    "declaration.reopened": "declarations.read",
    "declaration.transferred": "declarations.read",
    "declaration.taken": "declarations.read",
    "declaration.corrected": "declarations.read",
    "declaration.withdrawn": "declarations.read",
    "declaration.ended": "declarations.read",
    "declaration.archived": "declarations.read",
    "code.made": "codes.read",
    "code.renewed": "codes.read",
    "code.revoked": "codes.read",
    "group.activated": "groups.read",
    "group.organisation_linked": "groups.read",
    "group.member_joined": "groups.read",
    "group.member_left": "groups.read",
    "group.member_removed": "groups.read",
    "group.dissolve_requested": "groups.read",
    "group.dissolved": "groups.read",
}
