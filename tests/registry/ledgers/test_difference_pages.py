"""The difference of a period on its pages, in its file and on the command line."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests import cast
from tests.cast import COMMUNITY
from tests.registry.ledgers.changes_cast import a_busy_day, somebody_settled, total
from tests.registry.ledgers.ledger_cast import ago
from wangge.foundation.journal.models import Entry
from wangge.registry.ledgers.actions.export_difference import export_difference
from wangge.registry.ledgers.queries.changes import Difference, Period, difference
from wangge.site.cli import main

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def changes() -> Difference:
    return difference(Period(COMMUNITY, ago(0), ago(0)))


@pytest.fixture
def busy() -> None:
    """A day with some of everything in two communities."""
    somebody_settled()
    a_busy_day()


class TestPages:
    @pytest.fixture
    def secretary(self, logged_in) -> Client:
        return logged_in(cast.secretary())

    def test_the_page_shows_the_numbers_and_each_opens_its_rows(self, secretary: Client, busy: None) -> None:
        page = _page(secretary)
        assert "行动前后对比" in page and "迁移" in page
        rows = secretary.get(_address("behind"), {"area": COMMUNITY, "what": "moved"})
        assert rows.status_code == 200 and "没有这样的行" not in rows.content.decode()

    def test_dates_that_cannot_be_are_said_in_words(self, secretary: Client, busy: None) -> None:
        later = secretary.get(_address("changes"), {"last": (ago(0) + timedelta(days=1)).isoformat()})
        assert "不能晚于今天" in later.content.decode()
        turned = secretary.get(_address("changes"), {"first": ago(1).isoformat(), "last": ago(5).isoformat()})
        assert "请对调" in turned.content.decode()

    @pytest.mark.parametrize("query", ["what=nothing", "what=new&part=44", "what=new&after=-1", ""])
    def test_rows_of_nothing_do_not_exist(self, secretary: Client, busy: None, query: str) -> None:
        assert secretary.get(f"{_address('behind')}?{query}").status_code == 404

    def test_the_file_holds_the_numbers_of_the_page(self, secretary: Client, busy: None) -> None:
        answer = secretary.get(_address("changes_file"), {"area": COMMUNITY, "first": ago(0).isoformat()})
        book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]
        lines = {line[0]: line[-1] for line in book.get_sheet_by_name("人和关系").to_python()}
        assert lines["新登记的人"] == total(changes(), what="new") == 1
        assert Entry.objects.get(kind="difference.exported").area_code == COMMUNITY


def _address(name: str) -> str:
    return reverse(f"ledgers:{name}")


def _page(browser: Client) -> str:
    return browser.get(_address("changes"), {"area": COMMUNITY}).content.decode()


class TestCommandLine:
    def _run(self, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
        code = main(["registry", "diff", "--area", COMMUNITY, *words])
        return code, capsys.readouterr().out

    def test_json_tells_the_numbers_of_the_page(self, busy: None, capsys: pytest.CaptureFixture[str]) -> None:
        days = ["--from", ago(0).isoformat(), "--to", ago(0).isoformat()]
        code, out = self._run(capsys, *days, "--json")
        told = json.loads(out)
        assert (
            code == 0
            and told["people"]["new"] == 1
            and told["ties"]["ended"] == total(changes(), what="ended")
        )
        assert told["areas"][COMMUNITY]["new"] == 1

    def test_a_wrong_period_is_refused(self, busy: None, capsys: pytest.CaptureFixture[str]) -> None:
        assert self._run(capsys, "--from", ago(0).isoformat(), "--to", ago(1).isoformat())[0] == 2
        tomorrow = (ago(0) + timedelta(days=1)).isoformat()
        assert self._run(capsys, "--from", ago(0).isoformat(), "--to", tomorrow)[0] == 1


def test_nothing_personal_stands_in_the_file(busy: None, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    export_difference(actor="cli", difference=changes(), path=path, area_name="甲社区")
    book = CalamineWorkbook.from_path(str(path))
    text = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    assert "甲一网格" in text
    assert not any(name in text for name in ("张三", "甲九", "乙0", "乙1"))
