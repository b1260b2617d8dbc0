"""A firm, its group, and invented people who join."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from tests.cast import COMMUNITY
from wangge.flows import worker
from wangge.lib.identifiers.demo import make_demo_id
from wangge.registry.people.actions import register_organisation
from wangge.registry.people.models import Organisation
from wangge.systems.groups import actions
from wangge.systems.groups.models import Group, Member
from wangge.systems.groups.queries.terms import terms

BOSS = "10000000100"


def phone(number: int) -> str:
    """A phone nobody was issued."""
    return f"100{number:08d}"


def id_no(number: int) -> str:
    """An id number of a region that does not exist."""
    return make_demo_id("999703", date(1990, number // 28 % 12 + 1, number % 28 + 1), number % 998 + 1)


def firm(area: str = COMMUNITY, name: str = "示例五金厂", staff: int | None = 5) -> Organisation:
    """A firm of the register."""
    return register_organisation(actor="test", area=area, facts={"name": name, "staff_number": staff})


def group(
    area: str = COMMUNITY, *, organisation: Organisation | None = None, type: str = "firm",
    name: str = "示例五金厂", boss: str = BOSS, proved: bool = True,
) -> Group:  # fmt: skip
    """A group in use (a draft with ``proved=False``)."""
    facts = {"name": name, "type": type, "area_code": area, "address": "示例路1号"}
    founder = actions.Founder("郑管", boss, proved)
    return actions.create_group(actor="test", facts=facts, founder=founder, organisation=organisation)


def creator(of: Group) -> Member:
    """The group's creator."""
    return of.members.select_related("group").get(role="creator")


def newcomer(number: int, **changes: Any) -> actions.Newcomer:
    """Somebody with a proved phone who works there."""
    names = "甲乙丙丁戊己庚辛壬癸"
    said = {
        "name": f"吴{names[number // 10 % 10]}{names[number % 10]}", "phone": phone(number), "proved": True,
        "as_staff": True,
    }  # fmt: skip
    return actions.Newcomer(**(said | changes))


def joined(of: Group, number: int, **changes: Any) -> Member:
    """Somebody who joined by an invitation."""
    invitation = of.invitations.filter(revoked_at=None).first() or actions.issue_invitation(
        actor="test", group=of
    )
    said = newcomer(number, **changes)
    member = actions.join(invitation=invitation, newcomer=said, consent=terms().notice)
    return Member.objects.select_related("group").get(pk=member.pk)


def fresh(member: Member) -> Member:
    """The member as the database has it now."""
    return Member.objects.select_related("group", "person").get(pk=member.pk)


def work() -> None:
    """What the worker does."""
    worker.drain()


def staff_file(rows: list[list[Any]], heads: tuple[str, ...] = ("姓名", "手机", "证件号码")) -> bytes:
    """A firm's list as xlsx."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("花名册")
    for at, row in enumerate([["示例五金厂员工花名册"], list(heads), *rows]):
        sheet.write_row(at, 0, row)
    book.close()
    return stream.getvalue()
