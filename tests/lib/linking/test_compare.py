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
