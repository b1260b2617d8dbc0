"""One value, one spelling (RFC 8785), whoever wrote it."""

import json

import pytest
from hypothesis import given

from tests.lib.evidence.bundle_cast import patient, values
from wangge.lib.evidence import NotJson, canonical
from wangge.lib.evidence.canonical import parse


@patient
@given(values)
def test_a_value_comes_back_from_its_spelling(value):
    assert parse(canonical(value)) == value == json.loads(canonical(value))


@pytest.mark.parametrize(
    ("value", "spelling"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"\ufb33": 1, "\U0001f600": 2}, '{"\U0001f600":2,"\ufb33":1}'),  # the order of UTF-16
        ("\u20ac$\u000f\nA'B\"\\/", '"\u20ac$\\u000f\\nA\'B\\"\\\\/"'),  # as in the RFC
        (113.0, "113"), (-0.0, "0"), (0.1, "0.1"), (5e-05, "0.00005"), (1e15, "1000000000000000"),
        (333333333.33333329, "333333333.3333333"), ((1, 2), "[1,2]"), (-7.25, "-7.25"), (120.0, "120"),
    ],
)  # fmt: skip
def test_the_spelling_of_the_standard(value, spelling):
    assert canonical(value).decode() == spelling


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), 1e16, 1e-7, 2**53, -(2**53), "\ud800", {1: 2}, {"\ud800": 1}, b"x", {1, 2}],
)  # fmt: skip
def test_what_not_every_language_can_carry_is_refused(value):
    with pytest.raises(NotJson):
        canonical(value)


def test_a_thousand_lists_in_each_other_are_refused():
    with pytest.raises(NotJson):
        parse(b"[" * 1000 + b"]" * 1000)
    with pytest.raises(NotJson):
        parse(b"[" * 100_000)


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b'{"a": 1}', b'{"a":1,"a":1}', b'{"b":1,"a":2}', b"1.0", b"-0", b"1e2", b'"\\u4e00"', b"\xff",
     b"NaN", b"9" * 5000, b'{"a":1}\n', b"\xef\xbb\xbf1"],
)  # fmt: skip
def test_another_spelling_is_not_read(raw):
    with pytest.raises(NotJson):
        parse(raw)
