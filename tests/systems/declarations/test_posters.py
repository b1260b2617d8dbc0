"""Posters: a page a code, what stands on it, many by the worker, no font said in words."""

from __future__ import annotations

import os
import re
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.systems.declarations.intake import a_code
from wangge.flows import worker
from wangge.foundation.journal.models import Entry
from wangge.lib import fonts, signing
from wangge.registry.people.rules import Declined
from wangge.systems.declarations.actions import codes_print
from wangge.systems.declarations.actions.codes_print import posters_now, posters_of, token_of
from wangge.systems.declarations.models import PosterRun, ReportCode
from wangge.systems.declarations.queries.codes import read_code

pytestmark = pytest.mark.usefixtures("ground", "everywhere")
BASE = "https://wangge.example.cn"


def printed(codes: list[ReportCode], paper: str = "a4") -> bytes:
    return posters_now(actor="cli", area=cast.COMMUNITY, codes=codes, paper=paper, base=BASE)


def pages(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in points."""
    body = pdf + b"".join(_inflated(pdf))
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", body)
    return [(round(float(wide)), round(float(high))) for wide, high in boxes]


def _inflated(pdf: bytes) -> list[bytes]:
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return found


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("a5", (420, 595))])
def test_a_page_a_code_however_long_its_name(paper: str, size: tuple[int, int]) -> None:
    codes = [a_code(), a_code(label="很长的名字" * 24)]
    assert pages(printed(codes, paper)) == [size, size]


def test_the_poster_names_the_place_and_leads_to_its_code() -> None:
    code = a_code(label="虚构花园1栋")
    (poster,) = posters_of([code], BASE)
    assert poster.path.endswith("甲一社区") and poster.label == "虚构花园1栋"
    assert poster.address == f"HTTPS://WANGGE.EXAMPLE.CN/C/{token_of(code)}"
    assert read_code(poster.address) == code


def test_the_token_ends_with_the_last_day() -> None:
    from datetime import date

    token = signing.read(token_of(a_code(valid_to=date(2030, 6, 1))))
    assert token.ends is not None and token.ends.isoformat() == "2030-06-01T16:00:00+00:00"


def test_printing_is_noted() -> None:
    code = a_code()
    printed([code])
    code.refresh_from_db()
    assert code.printed_at is not None
    assert Entry.objects.get(kind="code.printed").subject_id == str(code.pk)


def test_without_a_font_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FAMILIES", ("No Such Font",))
    with pytest.raises(Declined, match="fonts-noto-cjk"):
        printed([a_code()])


def test_nothing_to_print_says_so() -> None:
    with pytest.raises(Declined, match="制码"):
        printed([])


def test_many_are_made_by_the_worker_and_fetched_by_who_asked(
    logged_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes_print, "FEW", 1)
    for _number in range(3):
        a_code()
    browser = logged_in(cast.secretary())
    asked = browser.post("/console/declarations/codes/print/", {"area": cast.COMMUNITY, "paper": "a5"})
    run = PosterRun.objects.get()
    assert asked.url == f"/console/declarations/codes/posters/{run.pk}/"
    assert "排队中" in browser.get(asked.url).content.decode()
    worker.drain()
    run.refresh_from_db()
    assert (run.state, run.drawn) == ("done", 3)
    pdf = b"".join(browser.get(f"{asked.url}file/").streaming_content)
    assert len(pages(pdf)) == 3
    other = logged_in(cast.secretary(), Client())
    assert other.get(asked.url).status_code == 404


def test_old_files_go(monkeypatch: pytest.MonkeyPatch) -> None:
    path = codes_print.home() / "stray.pdf"
    path.write_bytes(b"")
    os.utime(path, (time.time() - 90_000,) * 2)
    codes_print.erase_old_posters()
    assert not path.exists()


def test_few_come_at_once_and_other_areas_codes_stay_out(logged_in: Callable[..., Client]) -> None:
    a_code(cast.GRID), a_code(cast.OTHER_GRID)
    browser: Any = logged_in(cast.secretary())
    answer = browser.post("/console/declarations/codes/print/", {"area": cast.COMMUNITY, "paper": "a4"})
    assert answer["Content-Type"] == "application/pdf"
    assert len(pages(answer.content)) == 1
