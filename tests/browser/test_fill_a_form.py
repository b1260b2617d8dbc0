# ruff: noqa: E501  (scripts that run in the page)
"""Every kind of question is answered on a phone, interrupted, taken up again and sent."""

from __future__ import annotations

import base64
import io
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.declaring import phone, violations
from tests.browser.form_broad import broad_form, small_form
from tests.browser.form_hands import choose, prove, question, repeat, write
from tests.browser.test_scan_offline import CAMERA
from tests.browser.test_walk_the_district import enter
from tests.cast import COMMUNITY, lay_ground, secretary
from wangge.engines.forms import actions
from wangge.engines.forms.answers import read_answer
from wangge.engines.forms.models import FormVersion
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = pytest.mark.django_db(transaction=True)

ANSWER = """() => { window.heard = new Promise((done) => addEventListener("message", async ({ data }) => {
  if (data?.what !== "answer") return;
  const read = (blob) => new Promise((loaded) => { const reader = new FileReader();
    reader.onload = () => loaded(reader.result.split(",")[1]); reader.readAsDataURL(blob); });
  const files = await Promise.all(data.files.map(async (file) => [file.name, await read(file.blob)]));
  done({ ...data, files: Object.fromEntries(files) });
})); }"""


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Twelve megapixels of something, with a place in its EXIF."""
    rough = Image.frombytes("RGB", (80, 60), random.Random(7).randbytes(80 * 60 * 3))
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    path = tmp_path / "IMG_0001.jpg"
    rough.resize((4000, 3000)).save(path, quality=92, exif=exif)
    return path


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A desk; the phone is a frame on it."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 1000}, locale="zh-CN", timezone_id="Asia/Shanghai",
        geolocation={"latitude": 22.5761, "longitude": 113.0812, "accuracy": 6}, permissions=["geolocation"],
    )  # fmt: skip
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def version(content: bytes) -> FormVersion:
    """The workbook as a draft of the community; the ground under it is laid."""
    lay_ground()
    with within(EVERYWHERE):
        return actions.upload_form(actor="test", area_code=COMMUNITY, content=content)


def test_every_kind_of_question_survives_a_reload_and_is_sent(
    page: Page, live_server: Any, complaints: list[str], photo: Path
) -> None:
    made = version(broad_form())
    enter(page, live_server.url, secretary(COMMUNITY).username)
    page.goto(f"{live_server.url}/console/forms/{made.pk}/preview/")
    form = page.frame_locator("#phone")
    form.get_by_text("还有 8 题必答").wait_for()
    write(form)
    choose(form)
    repeat(form)
    prove(page, form, photo)
    form.locator("[data-draft=saved]").wait_for()
    expect(form.get_by_text("草稿已存")).to_be_visible()

    page.reload()
    form.get_by_text("没填完的内容").wait_for()
    expect(question(form, "photo").get_by_role("img")).to_be_visible()
    expect(question(form, "sign").get_by_role("img")).to_be_visible()
    expect(question(form, "called")).to_have_count(2)
    expect(question(form, "heads").get_by_role("textbox")).to_have_value("4")

    question(form, "heads").get_by_role("textbox").fill("21")
    form.get_by_role("button", name="提交").click()
    expect(question(form, "heads").get_by_role("textbox")).to_be_focused()
    expect(question(form, "heads")).to_contain_text("人数要在 1 到 20 之间")
    question(form, "heads").get_by_role("textbox").fill("4")
    expect(form.get_by_text("必答题都答了")).to_be_visible()
    page.evaluate(ANSWER)
    form.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="没有保存")).to_be_visible()
    expect(page.locator("#answer-rows")).to_contain_text("刚搬来")
    sent = page.evaluate("window.heard")
    assert complaints == []
    check_answer(sent["xml"].encode(), {name: base64.b64decode(file) for name, file in sent["files"].items()})


def check_answer(xml: bytes, files: dict[str, bytes]) -> None:
    """The server's own reader takes it, and it says what was answered."""
    answer = read_answer(xml)
    assert (answer.form, answer.version) == ("broad", "1") and set(answer.files) == set(files)
    said = {
        etree.QName(leaf).localname: leaf.text or ""
        for leaf in etree.fromstring(xml).iter()
        if len(leaf) == 0
    }
    expected = {
        "name": "林试", "heads": "4", "metres": "50.5", "each": "12.6", "moved": "2024-02-29", "check": "2026-05-01",
        "built": "1998-01-01", "home": "18:30:00.000+08:00", "seen": "2026-11-26T09:15:00.000+08:00", "alarm": "n",
        "tools": "hose bucket", "quick": "y", "agree": "2", "room": "r654", "town": "b", "community": "b1",
        "order": "hose bucket mask", "told": "OK", "why_not": "刚搬来", "where": "22.5761 113.0812 0.0 6.0",
        "remark": "第一行\n第二行", "called": "孙女", "voice": "",
    }  # fmt: skip
    assert {name: said.get(name) for name in expected} == expected
    assert 0 < int(said["mood"]) <= 10 and xml.count(b"<called>") == 2
    assert b'cannot="unsupported"' in xml  # the recording that this phone cannot make stands in nobody's way
    picture = Image.open(io.BytesIO(files[said["photo"]]))
    assert picture.format == "JPEG" and max(picture.size) <= 1600 and not picture.getexif()
    assert len(files[said["photo"]]) < 230 * 1024
    assert Image.open(io.BytesIO(files[said["sign"]])).format == "PNG"


SMALL_TARGETS = """() => [...document.querySelectorAll("main :is(button, input, select, textarea)")]
  .filter((e) => e.checkVisibility()).map((e) => [e.outerHTML.slice(0, 80), (e.closest("label") ?? e).getBoundingClientRect()])
  .filter(([, r]) => r.height < 44 || r.width < 44).map(([n]) => n)"""


def test_axe_finds_nothing_by_day_or_night(browser: Browser, live_server: Any) -> None:
    made = version(broad_form())
    context = phone(browser, bypass_csp=True)
    context.set_default_timeout(20_000)
    page = context.new_page()
    enter(page, live_server.url, secretary(COMMUNITY).username)
    address = f"{live_server.url}/console/forms/{made.pk}/preview/phone/"
    for colours, query, submit, wrong in (
        ("light", "", "提交", "这一题必须回答"),
        ("dark", "?type=large&language=en", "Submit", "must be answered"),
    ):
        page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
        page.goto(address + query)
        page.locator("html[data-form=open]").wait_for()
        page.get_by_role("button", name=submit).click()  # every error is shown
        expect(question(page, "name").get_by_role("textbox")).to_be_focused()
        expect(question(page, "name")).to_contain_text(wrong)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.evaluate(SMALL_TARGETS) == []
        question(page, "room").get_by_role("button").click()
        assert violations(page) == []
    expect(page.get_by_text("800 found")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(question(page, "name").locator(".wf-hint")).to_be_hidden()  # it has no English
    context.close()


OPEN = """async (more) => {
  const kept = window.kept ??= new Map();
  const drafts = { load: async (key) => kept.get(key), save: async (key, draft) => { kept.set(key, draft); },
    remove: async (key) => { kept.delete(key); } };
  const xform = JSON.parse(document.getElementById("xform").textContent);
  window.sent ??= [];
  window.form = await wanggeForms.openForm({ mount: document.querySelector("main"), xform, drafts, watermark: "甲一网格",
    place: { latitude: 22.5, longitude: 113.1, accuracy: 9 }, title: "小表",
    onSubmit: async (answer) => { window.sent.push(answer); if (window.sent.length === 1) throw new Error("没有信号"); }, ...more });
  return [form.failed, form.progress()];
}"""


def test_what_happens_around_the_questions(
    page: Page, live_server: Any, complaints: list[str], photo: Path
) -> None:
    """Prefilled, refused, sent again, gone on with; broken forms and files that are no photos are told."""
    made = version(small_form())
    page.add_init_script(CAMERA % "6901234567892")  # this machine has neither camera nor detector
    enter(page, live_server.url, secretary(COMMUNITY).username)
    page.goto(f"{live_server.url}/console/forms/{made.pk}/preview/phone/")
    page.locator("html[data-form=open]").wait_for()
    prefill = {
        "/data/source": "duty", "/data/town": "b", "/data/community": "b1", "/data/heads": "3",
        "/data/members[1]/called": "爷爷", "/data/members[2]/called": "孙女", "/data/nowhere": "x",
        "/data/members[1]/person_id": "7", "/data/members[2]/person_id": "12",
    }  # fmt: skip
    failed, progress = page.evaluate(OPEN, {"prefill": prefill})
    assert failed is None and progress == {"required": 2, "answered": 0, "missing": 2, "wrong": 0}
    expect(question(page, "called")).to_have_count(2)
    expect(question(page, "community").get_by_label("乙一社区")).to_be_checked()

    question(page, "heads").get_by_role("textbox").fill("三个")
    question(page, "name").get_by_role("textbox").fill("林试")
    expect(question(page, "heads")).to_contain_text("请填整数")
    question(page, "where").get_by_role("button", name="定位不到").click()
    notes = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"no photo at all"}
    question(page, "photo").locator("input[type=file]").first.set_input_files(notes)  # type: ignore[arg-type]
    expect(question(page, "photo")).to_contain_text("这不是手机能打开的照片")
    question(page, "photo").locator("input[type=file]").first.set_input_files(photo)
    expect(question(page, "photo")).to_contain_text("照片已缩小")
    question(page, "tag").get_by_role("button", name="扫码").click()
    expect(question(page, "tag").get_by_role("textbox")).to_have_value("6901234567892")
    assert [each["path"] for each in page.evaluate("form.validate()")] == ["/data/heads"]
    expect(question(page, "heads").get_by_role("textbox")).to_be_focused()
    question(page, "heads").get_by_role("textbox").fill("2")

    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert").filter(has_text="没有信号")).to_be_visible()
    assert page.evaluate("[...kept.keys()]") == ["small@7"]
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("button", name="已提交")).to_be_disabled()
    first, second = page.evaluate(
        "sent.map(({ xml, instanceID, waived, files }) => [xml, instanceID, waived, files.length])"
    )
    assert first[1:] == second[1:] == [second[1], {"/data/where": "no_signal"}, 1]
    assert second[1].startswith("uuid:") and read_answer(second[0].encode()).instance == second[1]
    told = read_answer(second[0].encode()).text
    assert [told.count(f"<person_id>{key}</person_id>") for key in ("7", "12", "")] == [1, 1, 0]
    assert "<source>duty</source>" in second[0] and page.evaluate("kept.size") == 0

    page.evaluate(
        OPEN.replace("xform, drafts", "xform, instance: sent[1], drafts")
    )  # an earlier answer is gone on with
    expect(question(page, "photo").get_by_role("img")).to_be_visible()
    expect(question(page, "where")).to_contain_text("已注明：定位不到")
    page.get_by_role("button", name="提交").click()
    page.get_by_role("button", name="已提交").wait_for()
    assert page.evaluate(
        "[sent[2].instanceID === sent[1].instanceID, sent[2].files[0].name === sent[1].files[0].name]"
    ) == [True, True]

    external = '<instance id="x" src="jr://file-csv/rooms.csv"/><bind '
    failed, _progress = page.evaluate(OPEN, {"xform": made.xform.replace("<bind ", external, 1)})
    assert failed is None
    expect(page.get_by_text("清单“rooms.csv”不在手机上")).to_be_visible()
    for broken, told in (
        ("<x/>", "这张表单打不开"),
        ("not xml", "这张表单打不开"),
        (
            made.xform.replace('nodeset="/data/heads"', """nodeset="/data/heads" calculate="forecast(1)" """),
            "forecast",
        ),
    ):
        failed, _progress = page.evaluate(OPEN, {"xform": broken})
        assert failed
        expect(page.get_by_role("alert")).to_contain_text(told)
    assert [
        each for each in complaints if "inline style" not in each
    ] == []  # the browser's page of an XML error
