"""A pair explains itself: every finding in words, and steps that add up."""

from __future__ import annotations

import pytest

from wangge.registry.linkage.enums import PairState
from wangge.registry.linkage.pipeline.limits import Limits
from wangge.registry.linkage.pipeline.weighing import common_area, gain
from wangge.registry.linkage.queries.explaining import WIDTH, explain, percent, words_of

FINDINGS = [["home_phone", 10.2], ["birth_other", -6.9], ["name_rare", 9.8]]
BOUNDS = Limits(0.95, 0.2)


def told(findings=FINDINGS, weight=-3.1, probability=0.1, state=PairState.OPEN):
    return explain(findings, weight, probability, state, BOUNDS)


def test_the_steps_lead_from_how_rare_such_pairs_are_to_the_sum():
    steps = told().steps
    assert [step.kind for step in steps] == ["start", "for", "against", "for", "end"]
    assert sum(step.bits for step in steps[:-1]) == pytest.approx(steps[-1].bits) == pytest.approx(-3.1)
    assert steps[0].bits == pytest.approx(-3.1 - 10.2 + 6.9 - 9.8)


def test_each_bar_begins_where_the_one_before_ended_and_fits_the_chart():
    why = told()
    ends = [step.left + (step.width if step.kind == "for" else 0) for step in why.steps[:-1]]
    begins = [step.left + (0 if step.kind == "for" else step.width) for step in why.steps[:-1]]
    assert begins[1:] == pytest.approx(ends[:-1], abs=0.2)
    assert begins[0] == pytest.approx(why.zero, abs=0.2)
    assert all(step.left >= 0 and step.left + step.width <= WIDTH + 2 for step in why.steps)


def test_numbers_carry_their_sign_and_words_their_side():
    assert [step.signed for step in told().steps][1:3] == ["+10.2", "−6.9"]
    assert words_of(FINDINGS) == ["电话相同", "但出生日期不同", "姓名相同（少见的姓名）"]


@pytest.mark.parametrize(
    ("probability", "text"), [(0.5731, "57.3%"), (0.99999, "> 99.9%"), (0.00001, "< 0.1%"), (0.9994, "99.9%")]
)
def test_nothing_is_certain(probability, text):
    assert percent(probability) == text


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"probability": 0.7}, "更像是同一人"),
        ({"probability": 0.3}, "更像不是同一人"),
        ({"probability": 0.97}, "另有一个几乎同样像的人"),
        ({"state": PairState.REFUSED}, "从不合并"),
        ({"findings": [["number_near", -1.0]], "probability": 0.97}, "哪个号码有误"),
    ],
)
def test_the_verdict_says_why_a_human_is_asked(more, word):
    assert word in told(**more).verdict


def test_gain_is_largest_where_it_is_least_certain_and_unites_most():
    assert gain(0.5, 0) == 1.0
    assert gain(0.5, 3) == 4.0
    assert gain(0.9, 3) < gain(0.6, 3)
    assert gain(1.0, 9) == 0.0


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("440703002001001", "440703002001001", "440703002001001"),
        ("440703002001001", "440703002001002", "440703002001"),
        ("440703002001001", "440703002002001", "440703002000"),
        ("440703002001001", "440703003001001", "440703000000"),
        ("440703002001", "440703002001001", "440703002001"),
        ("", "440703002001001", "440703000000"),
    ],
)
def test_a_pair_lies_in_the_smallest_area_that_holds_both(one, other, both):
    assert common_area(one, other, "440703000000") == both
