"""A community secretary drops in the Excel ledger she has and finds every person once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import COMMUNITY, OTHER_COMMUNITY, PASSWORD, lay_ground, secretary
from tests.registry.ledgers.import_cast import XIAO, ZHANG, row, workbook
from wangge.flows import service
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Three people, one of them twice, and a row whose id Excel destroyed."""
    rows = [
        row("张三", 身份证号=ZHANG, 联系电话="10012345678", 与户主关系="户主"),
        row("李四", 出生日期="1981-03-04", 联系电话="10012345679", 与户主关系="妻"),
        row("张小", 身份证号=XIAO, 与户主关系="女儿"),
        row("张三", 身份证号=ZHANG, 联系电话="10012345678", 与户主关系="户主"),
        row("王五", 身份证号="999703199001010000"),
    ]
    path = tmp_path / "人口台账.xlsx"
    path.write_bytes(workbook(rows).getvalue())
    return path


def enter(page: Page, address: str, username: str) -> None:
    """Sign in as anybody would."""
    page.goto(f"{address}/console/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/console/**")


def drain() -> None:
    """What the worker would do."""
    with within(EVERYWHERE):
        service.once()


def test_from_an_excel_file_to_every_person_once(
    page: Page, live_server: Any, complaints: list[str], ledger: Path
) -> None:
    lay_ground()
    enter(page, live_server.url, secretary(COMMUNITY).username)
    page.goto(f"{live_server.url}/console/ledgers/imports/new/")
    page.set_input_files("input[type=file]", str(ledger))
    page.get_by_role("button", name="上传并认列").click()
    expect(page.get_by_text("身份证号").first).to_be_visible()
    page.get_by_role("button", name="试算").click()
    page.wait_for_url("**/plan/")
    with within(EVERYWHERE):
        assert Person.objects.count() == 0  # nothing is written before she says so
    page.locator("form[action$='/commit/'] button").click()
    page.wait_for_url("**/progress/")
    drain()
    page.wait_for_url("**/imports/*/")  # the page moves on by itself
    page.goto(f"{live_server.url}/console/ledgers/view/resident/")
    for name in ("张三", "李四", "张小"):
        expect(page.get_by_role("link", name=name)).to_have_count(1)
    expect(page.get_by_text(ZHANG)).to_have_count(0)  # masked
    with within(EVERYWHERE):
        assert Person.objects.count() == 3
    assert complaints == []


def test_another_community_finds_nobody_of_them(page: Page, live_server: Any, ledger: Path) -> None:
    lay_ground()
    from wangge.registry.ledgers import actions

    with within(EVERYWHERE), ledger.open("rb") as content:
        batch = actions.receive_file(actor="test", area_code=COMMUNITY, name="台账.xlsx", content=content)
        actions.commit_batch(actor="test", batch=batch)
        zhang = Person.objects.get(name="张三").pk
    enter(page, live_server.url, secretary(OTHER_COMMUNITY).username)
    answer = page.goto(f"{live_server.url}/console/people/{zhang}/")
    assert answer is not None and answer.status == 404
    page.goto(f"{live_server.url}/console/people/")
    expect(page.get_by_text("张三")).to_have_count(0)
