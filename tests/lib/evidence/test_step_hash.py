"""A step's hash stands for everything in it and for all steps before it."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lib.evidence.bundle_cast import fields, names, patient, values
from wangge.lib.evidence import START, canonical, new_salts, step_hash
from wangge.lib.evidence.commitments import commitment

SALT = "ab" * 32


def test_it_is_what_the_description_says():
    committed = sha256(bytes.fromhex(SALT) + '["words","好"]'.encode()).hexdigest()
    wanted = sha256(bytes(32) + f'[1,{{"words":"{committed}"}}]'.encode()).hexdigest()
    assert step_hash(START, {"number": 1, "words": "好"}, {"words": SALT}) == wanted


@patient
@given(fields, st.integers(1, 9))
def test_the_same_step_has_the_same_hash_in_any_order(told, number):
    salts = new_salts(told)
    turned = dict(reversed([*told.items(), ("number", number)]))
    assert step_hash(START, {"number": number, **told}, salts) == step_hash(START, turned, salts)


@patient
@given(fields.filter(bool), st.data(), values)
def test_another_value_name_number_salt_or_predecessor_is_another_hash(told, data, value):
    salts, name = new_salts(told), data.draw(st.sampled_from(sorted(told)))
    step = {"number": 1, **told}
    kept = step_hash(START, step, salts)
    renamed = {f"{name}x" if key == name else key: item for key, item in step.items()}
    renamed_salts = {f"{name}x" if key == name else key: salt for key, salt in salts.items()}
    assert kept != step_hash("1" * 64, step, salts)
    assert kept != step_hash(START, step | {"number": 2}, salts)
    assert kept != step_hash(START, step, salts | {name: SALT})
    if f"{name}x" not in told:
        assert kept != step_hash(START, renamed, renamed_salts)
    if canonical(value) != canonical(told[name]):
        assert kept != step_hash(START, step | {name: value}, salts)


@patient
@given(names, values)
def test_without_the_salt_a_value_cannot_be_tried_out(name, value):
    """The same value twice looks different, and its hash without a salt is neither."""
    one, two = (commitment(new_salts([name])[name], name, value) for _ in range(2))
    spelled = canonical([name, value])
    assert len({one, two, sha256(spelled).hexdigest(), sha256(canonical(value)).hexdigest()}) == 4


def test_salts_are_long_and_never_the_same():
    salts = [salt for _ in range(200) for salt in new_salts(["a", "b", "number"]).values()]
    assert len(set(salts)) == 400 and {len(bytes.fromhex(salt)) for salt in salts} == {32}


@pytest.mark.parametrize(
    ("told", "salts"),
    [
        ({"a": 1}, {"a": SALT}), ({"number": 0, "a": 1}, {"a": SALT}), ({"number": "1", "a": 1}, {"a": SALT}),
        ({"number": True, "a": 1}, {"a": SALT}), ({"number": 1, "a": 1}, {}), ({"number": 1}, {"a": SALT}),
        ({"number": 1, "a": 1}, {"a": "ab"}), ({"number": 1, "a": 1}, {"a": SALT.upper()}),
        ({"number": 1, "a": 1, "b": 1}, {"a": SALT, "b": SALT}), ({"number": 1, "A b": 1}, {"A b": SALT}),
        ({"number": 1, "a": float("nan")}, {"a": SALT}),
    ],
)  # fmt: skip
def test_a_step_that_could_not_be_proven_is_refused(told, salts):
    with pytest.raises(ValueError):
        step_hash(START, told, salts)


def test_a_predecessor_that_is_no_hash_is_refused():
    with pytest.raises(ValueError, match="before it"):
        step_hash("", {"number": 1}, {})
