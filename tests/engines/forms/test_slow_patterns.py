"""Regular expressions that would keep a phone busy for years are told from those that do not."""

from __future__ import annotations

from time import monotonic

import pytest

from wangge.engines.forms.checking.expressions import Broken
from wangge.engines.forms.checking.patterns import is_slow

SLOW = [
    r"(a+)+$",
    r"(a|a)*$",
    r"(\w|\d)*x",
    r"(ab|ab)*c",
    r"(a|aa)+$",
    r"(.*)*",
    r"^(\w+\s?)*$",
    r"(\d+-?)+",
    r"(a?a?)+",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"((ab)*|a)*",
    r"(.*a){20}",
    ".*" * 59,
    r"(a)\1*",
]
FAST = [
    "",
    r"^1\d{10}$",
    r"^\d+(,\d+)*$",
    r"^[0-9]{17}[0-9Xx]$",
    r"^[一-龥·]{2,20}$",
    r"^\d{4}-\d{2}-\d{2}$",
    r"^(\d{3,4}-)?\d{7,8}$",
    r"^(?:[A-Z]\d){2,}$",
    r"^\S+@\S+\.\S+$",
    r"^粤[A-Z][A-Z0-9]{5,6}$",
    r"(?=.*\d)[^\]a-]{1,200}?",
    r"[^,]*," * 40,
]


@pytest.mark.parametrize("pattern", SLOW)
def test_what_can_match_one_text_in_many_ways_is_slow(pattern: str) -> None:
    begun = monotonic()
    assert is_slow(pattern)
    assert monotonic() - begun < 5


@pytest.mark.parametrize("pattern", FAST)
def test_what_checklists_use_is_not(pattern: str) -> None:
    assert not is_slow(pattern)


@pytest.mark.parametrize(
    "pattern", ["(", "a)", "[a", "*a", "(?#x)", "a{3,1}", "\\", "[z-a]", "(" * 40 + ")" * 40]
)
def test_what_cannot_be_read_is_said_so(pattern: str) -> None:
    with pytest.raises(Broken):
        is_slow(pattern)
