"""One record against a few: the same weights as a run, with reasons in words."""

from __future__ import annotations

import pytest

from tests.lib.linking.record_cast import HOME, crowd, frame, id_of, linked, row
from wangge.lib.linking import RULES, WORDS, Population, match, prepare, usual_rates, weigh
from wangge.lib.linking.blocking import RULES as EXACT
from wangge.lib.linking.blocking import WIDE
from wangge.lib.linking.evidence import kinds

KNOWN = row(
    "陈志强", id_no=id_of("1980-05-06", 123), sex="男", birth="1980-05-06", phone="10012345678", address=HOME
)


def test_a_pair_weighs_what_it_weighs_in_a_run():
    rows = [KNOWN, row("陈志墙", birth="1980-05-06", phone="10012345678")]
    run = linked(*rows, lower=0.0)
    scored = {frozenset(pair[:2]): pair[2] for pair in run.pairs.iter_rows()}
    tokens, rates = prepare(frame(*rows, *crowd()))
    weighed = weigh(tokens, rates, [(0, 1)])[0]
    others = [weight for pair, weight in scored.items() if pair != frozenset((0, 1))]
    shift = scored[frozenset((0, 1))] - weighed.weight  # the prior was moved to the pairs there are
    assert -3.1 <= shift <= 4.1 and scored[frozenset((0, 1))] > max(others, default=-99)


def test_the_likeliest_comes_first_and_says_why():
    others = [row("陈志伟", phone="10012345678", birth="1990-01-01"), {**KNOWN, "id_no": None}]
    found = match(
        row("陳志強", birth="1980-05-06", phone="10012345678"), others, Population(usual_rates(1_000_000))
    )
    assert [each.right for each in found] == [1, 0]
    assert found[0].probability > 0.99 > 0.2 > found[1].probability
    assert {finding.code for finding in found[0].findings} >= {
        "name_same_home",
        "birth_same_home",
        "home_phone",
    }


def test_two_valid_numbers_bar_a_pair():
    twin = {**KNOWN, "id_no": id_of("1980-05-06", 125)}
    found = match(KNOWN, [twin, {**KNOWN, "id_no": None}], Population(usual_rates(1_000_000)))
    assert {each.right: each.barred for each in found} == {0: True, 1: False}


def test_a_common_name_says_less():
    other = row("陈志强", birth="1980-05-06", sex="男")
    rare = match(other, [KNOWN], Population(usual_rates(1_000_000), {"陈志强": 1}))[0]
    often = match(other, [KNOWN], Population(usual_rates(1_000_000), {"陈志强": 2_000}))[0]
    assert rare.weight > often.weight + 4


def found(one, other):
    """What is found of the pair: kind of evidence → code."""
    pair = match(one, [other], Population(usual_rates(1_000_000)))[0]
    return {finding.kind: finding.code for finding in pair.findings}


def test_a_month_of_birth_says_more_than_its_year_and_another_month_nothing():
    told = [row("陈志强", birth=birth) for birth in ("1980年5月", "1980年7月", "1980", "1980-05-07")]
    assert [found(KNOWN | {"id_no": None}, other).get("birth") for other in told] == [
        "birth_month", "birth_year", "birth_vague", "birth_near",
    ]  # fmt: skip


def test_a_number_that_lacks_a_digit_is_nearly_the_same():
    number = KNOWN["id_no"]
    assert found(KNOWN, row("陈志强", id_no=number[:9] + number[10:]))["number"] == "number_near"
    assert found(KNOWN, row("陈志强", id_no=number[:9] + number[11:]))["number"] == "number_other"


def test_a_name_less_a_character_at_home_is_likelier_one_person_than_another_character():
    at_home = {"phone": KNOWN["phone"], "birth": "1980-05-06"}
    others = [row("陈强", **at_home), row("陈志坚", **at_home)]
    weighed = match(KNOWN | {"id_no": None}, others, Population(usual_rates(1_000_000)))
    assert [each.right for each in weighed] == [0, 1]
    assert found(KNOWN, others[0])["name"] == "name_short_home"


def test_a_nickname_of_the_last_character_speaks_for_a_person():
    weights = {
        finding.code: finding.weight
        for finding in match(KNOWN, [row("阿强")], Population(usual_rates(1_000)))[0].findings
    }
    assert weights["name_nick"] > 3


def test_nobody_to_compare_with_is_no_match():
    assert match(KNOWN, [], Population(usual_rates(1_000))) == []


@pytest.mark.parametrize("latin", [0.0, 1.0])
def test_every_finding_and_rule_has_its_words(latin):
    rates = usual_rates(1_000)
    codes = {
        level.code
        for kind in kinds(rates.__class__(*[*vars(rates).values()][:-1], latin))
        for level in kind.levels
    }
    assert codes <= set(WORDS) and {rule.code for rule in (*EXACT, *WIDE)} <= set(RULES)


def test_equal_evidence_never_weighs_against():
    for kind in kinds(usual_rates(500_000)):
        for level in kind.levels:
            if "_same" in level.code:
                assert level.weight > 0, level.code
