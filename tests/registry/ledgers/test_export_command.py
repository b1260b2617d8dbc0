"""``wangge ledger export``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cast import COMMUNITY
from tests.registry.ledgers.ledger_cast import a_person, ago, lives, make_areas
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.site.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settled(db: None) -> None:
    with within(EVERYWHERE):
        make_areas()
        lives(a_person("欧阳一", phone="10000004567"), since=ago(400))


def _run(*words: str) -> int:
    return main(["ledger", "export", *words])


@pytest.mark.parametrize("name", ["resident", "常住", "常住人口"])
def test_a_ledger_is_exported_under_its_names(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.csv"
    assert _run("--ledger", name, "--area", COMMUNITY, "--out", str(out), "--json") == 0
    assert json.loads(capsys.readouterr().out)["rows"] == 1
    text = out.read_text(encoding="utf-8-sig")
    assert "欧*一" in text and "10000004567" not in text


def test_an_earlier_day_gives_the_ledger_of_that_day(tmp_path: Path) -> None:
    out = tmp_path / "x.csv"
    assert (
        _run("--ledger", "常住", "--area", COMMUNITY, "--out", str(out), "--as-of", ago(390).isoformat()) == 0
    )
    assert "共 0 行" in out.read_text(encoding="utf-8-sig")


def test_clear_values_need_a_reason_and_then_are_recorded(tmp_path: Path) -> None:
    out = tmp_path / "x.csv"
    asked = ("--ledger", "常住", "--area", COMMUNITY, "--out", str(out), "--unmasked")
    assert _run(*asked) == 2
    assert not out.exists()
    assert _run(*asked, "--reason", "人口核查") == 0
    assert "10000004567" in out.read_text(encoding="utf-8-sig")
    with within(EVERYWHERE):
        assert Entry.objects.get(kind="ledger.exported").reason == "人口核查"


def test_a_wrong_call_is_two_and_a_refusal_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = {"--ledger": "常住", "--area": COMMUNITY, "--out": str(tmp_path / "x.csv")}

    def run(**changes: str) -> int:
        words = [
            word
            for pair in (good | {f"--{name}": value for name, value in changes.items()}).items()
            for word in pair
        ]
        return _run(*words)

    assert run(ledger="黑名单") == 2
    assert run(out=str(tmp_path / "x.pdf")) == 2
    assert run(area="440703999999") == 1
    assert "440703999999" in capsys.readouterr().err
    assert run(out=str(tmp_path / "none" / "x.csv")) == 0
    with pytest.raises(SystemExit) as wrong:
        _run("--ledger", "常住")
    assert wrong.value.code == 2
