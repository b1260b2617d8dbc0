"""wangge journal verify and its exit codes."""

import json

import pytest

from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.models import Entry
from wangge.site.cli import main

pytestmark = pytest.mark.django_db


def run(capsys, *args: str) -> tuple[int, str]:
    code = main(["journal", "verify", *args])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_an_untouched_trail_is_0_and_says_its_root(capsys):
    journal.record("test.done", actor="cli", area="")
    code, said = run(capsys)
    assert code == 0 and "留痕完整" in said and "根值" in said


def test_a_touched_row_is_1_and_named(capsys):
    entry = journal.record("test.done", actor="cli", area="")
    Entry._base_manager.filter(pk=entry.pk).update(reason="x")
    code, said = run(capsys)
    assert code == 1 and f"第 {entry.pk} 行" in said
    code, said = run(capsys, "--json")
    assert code == 1 and json.loads(said)["entry"] == entry.pk


def test_a_root_that_is_not_in_the_chain_is_1(capsys):
    code, said = run(capsys, "--root", "ab" * 32)
    assert code == 1 and "root_missing" in said


def test_json_is_one_object(capsys):
    code, said = run(capsys, "--json")
    assert code == 0 and json.loads(said)["intact"] is True
