"""Requests of the small district, lists of offices, and people whom they name; all of it invented."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.cast import COMMUNITY, GRID
from wangge.lib.identifiers import make_demo_id
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.actions import register_person
from wangge.registry.people.models import Person
from wangge.systems.exchange.actions.asking import Asked, ask, decide
from wangge.systems.exchange.actions.comparing import Done, compare
from wangge.systems.exchange.models import ShareRequest
from wangge.systems.exchange.reading import read_list

WHY = "核对新增流动人口是否已登记"
HEADS = ("序号", "姓名", "公民身份号码", "手机号")


def an_id(serial: int) -> str:
    """A number that no real person can hold."""
    return make_demo_id("999703", date(1979, 4, 5), serial)


def a_resident(serial: int, area: str = GRID, name: str = "", **facts: Any) -> Person:
    """Somebody who is registered in a grid."""
    told = {"name": name or "司空共", "id_no": an_id(serial)} | facts
    with within(EVERYWHERE):
        done = register_person(actor="cli", facts=told, room=None, area=area, answer="new")
    assert done.person is not None
    return done.person


def asked(area: str = COMMUNITY, **more: Any) -> Asked:
    """What a community asks, for a month."""
    given: dict[str, Any] = {
        "op": uuid4(), "area": area, "office": "虚构派出所", "purpose": WHY, "basis": "示例函〔2026〕1号",
        "expires_on": timezone.localdate() + timedelta(days=30), "fields": ("name", "phone"),
    }  # fmt: skip
    return Asked(**(given | more))


def a_request(area: str = COMMUNITY, actor: Any = "test", **more: Any) -> ShareRequest:
    """A request that waits."""
    with within(EVERYWHERE):
        return ask(actor=actor, asked=asked(area, **more))


def an_agreed(area: str = COMMUNITY, actor: Any = "test", **more: Any) -> ShareRequest:
    """A request that was agreed to."""
    with within(EVERYWHERE):
        return decide(actor="above", share=a_request(area, actor, **more), agreed=True)


def past(share: ShareRequest) -> ShareRequest:
    """The same, yesterday was its last day."""
    share.expires_on = timezone.localdate() - timedelta(days=1)
    share.save()
    return share


def workbook(rows: Sequence[Sequence[Any]], heads: Sequence[str] = HEADS, above: int = 0) -> bytes:
    """A list as a workbook, with so many title rows above the heads."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([*[("名单",)] * above, heads, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return stream.getvalue()


def a_list(*numbers: str) -> bytes:
    """A list of id numbers only."""
    return ("证件号码\n" + "\n".join(numbers) + "\n").encode()


def compared(
    share: ShareRequest, content: bytes, actor: Any = "test", name: str = "a.csv", **more: Any
) -> Done:
    """A list, compared."""
    with within(EVERYWHERE):
        return compare(actor=actor, share=share, listed=read_list(name, content), **({"op": uuid4()} | more))


def told(done: Done) -> list[tuple[Any, ...]]:
    """What each row of the list is answered."""
    assert done.answers is not None
    return [(each.row, str(each.flag), *each.differs) for each in done.answers]


def a_file(content: bytes, name: str = "名单.xlsx") -> SimpleUploadedFile:
    """An upload."""
    return SimpleUploadedFile(name, content)


def cells(content: bytes) -> list[list[Any]]:
    """What stands in a workbook that came out."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
