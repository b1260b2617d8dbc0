"""``wangge doctor`` says what is missing and what to do about it."""

import json

import pytest

from wangge.site import examination
from wangge.site.cli import main

pytestmark = pytest.mark.django_db


def test_reports_every_check_as_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor", "--json"])
    report = json.loads(capsys.readouterr().out)
    assert {check["state"] for check in report["checks"]} <= {"ok", "warn", "fail"}
    assert {"Python", "数据库", "数据表", "密钥", "字段加密"} <= {check["name"] for check in report["checks"]}


def test_fails_while_no_district_is_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 1
    assert "wangge setup" in capsys.readouterr().out


def test_says_what_to_do_with_whatever_is_not_fine() -> None:
    for finding in examination.examine():
        assert finding.state == "ok" or finding.advice


def test_tells_when_sealing_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wangge.lib.sealing.unseal", lambda sealed: "something else")
    assert examination.sealing().state == "fail"


def test_tells_when_nothing_is_wrong_with_sealing() -> None:
    assert examination.sealing().state == "ok"
