"""The hands of whoever fills in the broad form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import FrameLocator, Page, expect


def question(form: Any, name: str) -> Any:
    return form.locator(f"[data-path$='/{name}']:visible")


def write(form: FrameLocator) -> None:
    """What is typed and ticked."""
    question(form, "name").get_by_role("textbox").fill("林试")
    question(form, "remark").get_by_role("textbox").fill("第一行\n第二行")
    question(form, "heads").get_by_role("textbox").fill("４")  # as a Chinese keyboard writes it
    question(form, "metres").get_by_role("textbox").fill("50.5")
    expect(form.get_by_text("人均 12.6 平方米")).to_be_visible()
    question(form, "moved").locator("input").fill("2024-02-29")
    question(form, "check").locator("input").fill("2026-05")
    question(form, "built").locator("input").fill("1998")
    question(form, "home").locator("input").fill("18:30")
    question(form, "seen").locator("input").fill("2026-11-26T09:15")


def choose(form: FrameLocator) -> None:
    expect(question(form, "why_not")).to_have_count(0)
    question(form, "alarm").get_by_label("没有").check()
    question(form, "why_not").get_by_role("textbox").fill("刚搬来")
    for tool in ("水带", "沙桶"):
        question(form, "tools").get_by_label(tool).check()
    question(form, "quick").get_by_role("combobox").select_option("有")
    question(form, "agree").get_by_label("一般").check()
    question(form, "room").get_by_role("button").click()
    sheet = form.get_by_role("dialog")
    expect(sheet.get_by_text("找到 800 项")).to_be_visible()
    sheet.get_by_role("searchbox").fill("7栋 155")
    expect(sheet.get_by_role("radio")).to_have_count(1)
    sheet.get_by_text("虚构花园7栋155室").click()
    expect(question(form, "room")).to_contain_text("虚构花园7栋155室")
    expect(question(form, "community")).to_have_count(0)
    question(form, "town").get_by_label("乙街道").check()
    expect(question(form, "community").get_by_role("radio")).to_have_count(1)
    question(form, "community").get_by_label("乙一社区").check()
    question(form, "mood").get_by_role("slider").press("ArrowRight")
    question(form, "order").get_by_role("button", name="上移：沙桶").click()
    question(form, "told").get_by_role("checkbox").check()


def repeat(form: FrameLocator) -> None:
    """Two members; the first is removed by mistake and comes back whole."""
    question(form, "called").get_by_role("textbox").fill("爷爷")
    question(form, "age").get_by_role("textbox").fill("80")
    form.get_by_role("button", name="添加：家庭成员").click()
    question(form, "called").nth(1).get_by_role("textbox").fill("孙女")
    form.get_by_role("button", name="去掉 家庭成员 1").click()
    expect(question(form, "called")).to_have_count(1)
    form.get_by_role("button", name="撤销").click()
    expect(question(form, "called").first.get_by_role("textbox")).to_have_value("爷爷")
    expect(question(form, "age").first.get_by_role("textbox")).to_have_value("80")


def prove(page: Page, form: FrameLocator, photo: Path) -> None:
    """Place, photo, signature."""
    question(form, "where").get_by_role("button", name="定位", exact=True).click()
    expect(question(form, "where")).to_contain_text("精度约 6 米")
    question(form, "photo").locator("input[type=file]").first.set_input_files(photo)
    expect(question(form, "photo")).to_contain_text("照片已缩小")
    question(form, "sign").get_by_role("button", name="签名", exact=True).click()
    paper = form.get_by_role("dialog").locator("canvas")
    box = paper.bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 120, steps=6)
    page.mouse.up()
    form.get_by_role("button", name="用这个签名").click()
    expect(question(form, "sign").get_by_role("img")).to_be_visible()
