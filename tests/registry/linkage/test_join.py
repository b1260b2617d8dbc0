"""Which records are one person: pure, and never two numbers, nor anybody who was said to be another."""

from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wangge.registry.linkage.pipeline.joining import Apart, Scored, join

SURE, UNSURE = 0.99, 0.5


def pair(left: int, right: int, weight: float = 8.0, probability: float = SURE) -> Scored:
    return Scored(left, right, weight, probability)


def joined(pairs, numbers, said=(), valid=None):
    valid = [bool(number) for number in numbers] if valid is None else valid
    return join(pairs, 0.95, Apart(numbers, said), valid)


def test_sure_pairs_become_one_person_and_unsure_ones_are_asked():
    found = joined([pair(0, 1), pair(1, 2, 1.0, UNSURE)], ["a", None, None])
    assert found.persons() == [[0, 1]]
    assert [(p.left, p.right) for p in found.asked] == [(1, 2)]


def test_two_numbers_are_never_joined_also_not_by_way_of_a_third_record():
    found = joined([pair(0, 2, 20.0), pair(1, 2, 9.0)], ["a", "b", None])
    assert found.persons() == [[0, 2]]
    assert [(p.left, p.right) for p in found.refused] == [(1, 2)]
    assert found.asked == []


def test_two_valid_numbers_are_refused_and_a_number_that_does_not_hold_is_asked_about():
    assert joined([pair(0, 1)], ["a", "b"]).refused and not joined([pair(0, 1)], ["a", "b"]).persons()
    damaged = joined([pair(0, 1)], ["a", "b"], valid=[True, False])
    assert damaged.asked and not damaged.refused and not damaged.persons()


def test_a_record_that_fits_two_people_nearly_as_well_is_asked_about():
    found = joined([pair(0, 2, 9.0), pair(1, 2, 8.0)], ["a", "b", None])
    assert found.persons() == []
    assert len(found.asked) == 2 and not found.refused


def test_a_rival_far_behind_does_not_stop_the_better_one():
    assert joined([pair(0, 2, 12.0), pair(1, 2, 8.0)], ["a", "b", None]).persons() == [[0, 2]]


def test_rivals_that_may_be_one_person_are_no_contradiction():
    assert joined([pair(0, 2, 9.0), pair(1, 2, 8.5)], [None, None, None]).persons() == [[0, 1, 2]]


def test_what_was_said_to_be_different_is_neither_joined_nor_asked():
    found = joined([pair(0, 1)], [None, None], said=[(1, 0)])
    assert (found.persons(), found.asked, found.refused) == ([], [], [])


def test_nobody_comes_in_by_a_side_door_after_being_sent_away():
    found = joined([pair(0, 1, 20.0), pair(1, 2, 9.0)], [None, None, None], said=[(0, 2)])
    assert found.persons() == [[0, 1]]
    assert found.asked == []


def test_two_persons_are_asked_about_once_however_many_records_they_have():
    pairs = [
        pair(0, 1),
        pair(2, 3),
        pair(0, 2, 1.0, UNSURE),
        pair(1, 3, 0.5, UNSURE),
        pair(1, 2, 0.1, UNSURE),
    ]
    found = joined(pairs, [None] * 4)
    assert [(p.left, p.right) for p in found.asked] == [(0, 2)]


def test_a_rival_elsewhere_is_seen_also_by_a_run_over_one_area():
    pairs = [pair(0, 2, 9.0), pair(1, 2, 8.0)]
    found = join(pairs, 0.95, Apart(["a", "b", None]), [True, True, False], here={0})
    assert found.persons() == []
    assert [(p.left, p.right) for p in found.asked] == [(0, 2)]


records = st.integers(0, 7)
scored = st.builds(
    lambda one, other, weight: pair(min(one, other), max(one, other), weight, 1 / (1 + 2**-weight)),
    records, records, st.floats(-3, 20),
).filter(lambda p: p.left != p.right)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of join
@given(
    pairs=st.lists(scored, max_size=25, unique_by=lambda p: (p.left, p.right)),
    numbers=st.lists(st.sampled_from([None, "a", "b", "c"]), min_size=8, max_size=8),
    said=st.lists(st.tuples(records, records).filter(lambda two: two[0] != two[1]), max_size=5),
)
def test_whatever_the_pairs_no_person_contradicts_itself(pairs, numbers, said):
    apart = Apart(numbers, said)
    found = join(pairs, 0.95, apart, [bool(n) for n in numbers])
    for rows in found.persons():
        assert not any(apart.known(one, other) for one, other in combinations(rows, 2))
    sent = [tuple(p[:2]) for p in (*found.edges, *found.asked, *found.refused)]
    assert len(sent) == len(set(sent))
    assert not any(apart.told(*two) for two in sent)
