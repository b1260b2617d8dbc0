"""The doors of the console's pages of groups; those without account have their own tests."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.systems.groups.groups_cast import group as made
from tests.systems.groups.groups_cast import joined
from tests.walls.row import Row
from wangge.systems.groups.models import Member
from wangge.systems.groups.outgoing import sealed_lines


def group(community: str) -> dict[str, Any]:
    return {"pk": made(community).pk}


def member(community: str) -> dict[str, Any]:
    leaving = joined(made(community), 1)
    Member.objects.filter(pk=leaving.pk).update(state="leaving", leave_asked_at=timezone.now())
    return {"pk": leaving.pk}


GROUPS = [
    Row("groups:list", "group.view", query="?area={area}"),
    Row("groups:coverage", "group.view", query="?area={area}"),
    Row("groups:coverage_rows", "group.view", query="?area={area}&show=all"),
    Row("groups:new", "group.manage"),
    Row("groups:new", "group.manage", None, "POST", form="name="),
    Row("groups:group", "group.view", group),
    Row("groups:invite", "group.manage", group, "POST"),
    Row("groups:link", "group.manage", group, "POST"),
    Row("groups:members", "group.view", group),
    Row("groups:roster_file", "group.manage", group, "POST"),
    Row("groups:compare", "group.manage", group),
    Row("groups:compare_file", "group.manage", group, "POST", form="lines=" + sealed_lines([])),
    Row("groups:decide", "group.manage", member, "POST", form="agreed=yes"),
    Row("groups:remove", "group.manage", member, "POST", form="reason=离职"),
    Row("groups:appoint", "group.manage", member, "POST", form="reason=换人"),
    Row("groups:match", "group.manage", member),
]
GROUPS_API = [
    Row("api:groups", "group.view", query="?area={area}", stranger=401),
    Row("api:group", "group.view", lambda area: {"id": made(area).pk}, stranger=401),
    Row("api:group_members", "group.view", lambda area: {"id": made(area).pk}, stranger=401),
]
# Without account. These show nothing of anybody until a phone was proved.
OPEN_GROUPS = {"group:home", "group:enter", "group:code", "group:out", "group:new", "group:found"}
OPEN_GROUPS |= {"group:join", "group:join_code"}
# Behind a proved phone: its own groups only; tested in tests/systems/groups/test_door.py.
OWN_GROUPS = {
    f"group:{name}"
    for name in (
        "activate", "apply", "compare", "compare_file", "decide", "demands", "dissolve", "dissolve_code",
        "group", "hand_over", "hand_over_code", "invite", "leave_alone", "make_admin", "members", "mine",
        "remind", "remove", "remove_admin", "remove_demand", "roster_file", "values", "withdraw",
    )
}  # fmt: skip
