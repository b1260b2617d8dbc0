"""Exit codes are a promise to scripts: 0 done, 1 refused with reasons, 2 wrong call."""

import argparse
import json

import pytest

from wangge.site import cli


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> argparse.ArgumentParser:
    """A command line with one noun that does what the test says."""
    made = argparse.ArgumentParser()
    made.add_argument("--json", action="store_true")
    monkeypatch.setattr(cli, "build_parser", lambda: made)
    return made


def _refuse(args: argparse.Namespace) -> int:
    raise cli.Refused(["first reason", "second reason"])


def test_done_is_zero(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=lambda args: cli.DONE)
    assert cli.main([]) == 0


def test_a_refusal_is_one_with_its_reasons_on_stderr(
    parser: argparse.ArgumentParser, capsys: pytest.CaptureFixture[str]
) -> None:
    parser.set_defaults(run=_refuse)
    assert cli.main([]) == 1
    said = capsys.readouterr()
    assert said.err.splitlines() == ["first reason", "second reason"]
    assert said.out == ""


def test_a_refusal_with_json_is_one_object(
    parser: argparse.ArgumentParser, capsys: pytest.CaptureFixture[str]
) -> None:
    parser.set_defaults(run=_refuse)
    assert cli.main(["--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {"refused": ["first reason", "second reason"]}


def test_a_wrong_call_is_two() -> None:
    with pytest.raises(SystemExit) as wrong:
        cli.main(["ledger", "no-such-verb"])
    assert wrong.value.code == 2


NOUNS = "setup serve doctor user ledger registry journal worker district demo"


@pytest.mark.parametrize("noun", NOUNS.split())
def test_every_documented_noun_explains_itself(noun: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([noun, "--help"])
    assert end.value.code == 0
    assert noun in capsys.readouterr().out
