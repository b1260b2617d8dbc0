"""Facts, codes and reasons are called in the language of the page; files are written in Chinese."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation import override

from tests.ledgers.bad import BAD
from wangge.registry.ledgers.console.retold import retold
from wangge.registry.ledgers.dictionary import called, code_list, code_lists, facts, refusals
from wangge.registry.ledgers.guards import (
    Limits,
    Unreadable,
    corrupt,
    encrypted,
    too_many_columns,
    too_many_rows,
)
from wangge.registry.ledgers.mapping import choose, propose
from wangge.registry.ledgers.outgoing.columns import label, readers, values
from wangge.registry.ledgers.reading import open_ledger
from wangge.site.catalogues import compile_catalogues

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    compile_catalogues()


def test_every_fact_code_and_reason_has_english():
    said = [
        text for fact in facts().values() for text in (fact.called, fact.purpose, fact.basis, fact.retention)
    ]
    said += [code.called for listed in code_lists().values() for code in listed.codes]
    said += refusals().values()
    assert [text.zh for text in said if not text.en or HAN.search(text.en)] == []


def test_a_fact_and_a_code_are_called_in_the_language_of_the_page():
    assert (called("phone"), str(code_list("education").called("20"))) == ("联系电话", "大学本科教育")
    with override("en"):
        assert (called("phone"), str(code_list("education").called("20"))) == ("Phone", "Bachelor")
        assert code_list("education").label("20") == "大学本科教育"  # what files hold
        assert (label("sex"), label("confirmed")) == ("Sex", "Last confirmed")


def test_what_the_dictionary_does_not_know_stays_as_it_is():
    with override("en"):
        assert called("nothing") == "nothing"
        assert str(code_list("education").called("77")) == "77"


def test_readers_are_made_in_the_language_of_the_page():
    with override("en"):
        assert readers(["education"]) == [values(True)["education"]]
    assert readers(["education"]) == [values(False)["education"]]


@pytest.mark.parametrize(
    "header", ["宗教信仰", "民族", "政治面貌", "月收入", "核酸", "病史", "车牌", "天上的星", "", "错误说明"]
)
def test_why_a_column_is_left_out_is_told_in_english(header):
    (proposal,) = propose([header], [[""]], {})
    assert HAN.search(proposal.dropped_reason)
    with override("en"):
        assert not HAN.search(retold(proposal.dropped_reason))
    assert retold(proposal.dropped_reason) == proposal.dropped_reason


def test_a_repeated_column_is_named_in_english_too():
    dropped = propose(["姓名", "性别", "性 别"], [["甲", "男", "男"]], {})[2].dropped_reason
    with override("en"):
        assert (
            retold(dropped)
            == "The same as the column “性别”, so not imported; if it is something else, choose what it is"
        )


@pytest.mark.parametrize("name", BAD)
def test_why_a_file_is_refused_is_told_in_english(name, tmp_path):
    with pytest.raises(Unreadable) as refusal:
        for sheet in open_ledger(BAD[name][0](tmp_path), "list.xlsx").sheets:
            list(sheet.chunks())
    with override("en"):
        told = retold(refusal.value.message)
    named = re.sub("“[^”]*”", "", told)  # sheets keep their names
    assert "list.xlsx" in told and not HAN.search(named), told


@pytest.mark.parametrize(
    "refusal",
    [
        too_many_columns("a.xlsx", "甲", Limits()),
        too_many_rows("a.xlsx", "甲", Limits()),
        encrypted("a.xlsx"),
        corrupt("a.xlsx", "的工作表“甲”"),
        corrupt("a.xlsx"),
    ],
)
def test_other_refusals_are_told_in_english(refusal):
    with override("en"):
        assert not HAN.search(re.sub("“甲”", "", retold(refusal.message)))


def test_a_sentence_nobody_knows_is_shown_as_it_was_stored():
    with override("en"):
        assert retold("以前的话") == "以前的话"
        assert retold("") == ""


def stored_sentences() -> set[str]:
    """What reading and mapping write down about sheets and columns, found in their code."""
    at = Path(choose.__file__).parents[1]
    calls = [
        node
        for name in ("mapping/choose.py", "reading/opening.py")
        for node in ast.walk(ast.parse((at / name).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    named = [
        call
        for call in calls
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in ("drop", "SkippedSheet")
    ]
    last = [call.args[-1].value for call in named if isinstance(call.args[-1], ast.Constant)]
    return {text for text in last if isinstance(text, str) and HAN.search(text)}


def test_every_sentence_stored_about_a_file_is_known_in_english():
    assert len(stored_sentences()) >= 6
    with override("en"):
        assert {text for text in stored_sentences() if HAN.search(retold(text))} == set()
