"""``wangge dictionary``: the fact dictionary for scripts."""

from __future__ import annotations

import json

import pytest

from tests.registry.ledgers.admit_cast import water
from wangge.registry.ledgers.dictionary import built_in
from wangge.site.cli import main

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


def said(capsys, *args):
    assert main(["dictionary", *args, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_lists_every_fact(capsys):
    facts = said(capsys, "list")["facts"]
    assert {fact["code"] for fact in facts} == set(built_in())
    assert not any(fact["admitted"] for fact in facts)


def test_lists_what_was_searched_for_and_what_was_admitted(capsys):
    water()
    assert [fact["code"] for fact in said(capsys, "list", "--find", "学历")["facts"]] == ["education"]
    assert [fact["code"] for fact in said(capsys, "list", "--admitted")["facts"]] == ["yin_shui_lai_yuan"]


def test_shows_one_fact_with_its_options_and_uses(capsys):
    shown = said(capsys, "show", "education")
    assert (shown["name"], shown["level"], shown["fresh_days"]) == ("文化程度", 3, 730)
    assert shown["codes"]["20"] == "大学本科教育"
    assert "resident" in shown["ledgers"]
    assert shown["sources"][0] == "公安数据"


def test_shows_who_wanted_an_admitted_fact(capsys):
    water()
    shown = said(capsys, "show", "yin_shui_lai_yuan")
    assert (shown["asked_by"], shown["question"]) == ("水务局", "家里平时喝的是什么水？")


def test_speaks_to_people_too(capsys):
    assert main(["dictionary", "show", "education"]) == 0
    assert "name\t文化程度" in capsys.readouterr().out
    assert main(["dictionary", "list"]) == 0
    assert "education\t文化程度\tperson\t3 个人信息" in capsys.readouterr().out


def test_an_unknown_code_is_refused_with_what_to_do(capsys):
    assert main(["dictionary", "show", "religion"]) == 1
    assert "dictionary list --find" in capsys.readouterr().err
