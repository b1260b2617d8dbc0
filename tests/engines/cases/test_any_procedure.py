"""Whatever is written: what ``faults`` accepts can be walked to an end, and what cannot is told in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wangge.engines.cases.reading.faults import faults
from wangge.engines.cases.reading.packs import read_folder
from wangge.engines.cases.reading.shape import procedure_of

from .changing import PACKS, Told, changed_packs, pack
from .walking import can_be_kept, is_sound

OFTEN = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def said_of(told: Told) -> list[str]:
    procedure, wrong = procedure_of(told)
    return [*wrong, *faults(procedure)]


@OFTEN
@given(changed_packs())
def test_what_is_accepted_ends_from_everywhere_and_what_does_not_is_told(told: Told) -> None:
    said = said_of(told)
    procedure, _wrong = procedure_of(told)
    if not said:
        assert is_sound(procedure) and can_be_kept(procedure)
    if not (is_sound(procedure) and can_be_kept(procedure)):
        assert said


@pytest.mark.parametrize("name", sorted(PACKS))
def test_the_shipped_ones_are_sound_by_hand_as_well(name: str) -> None:
    procedure = read_folder()[name]
    assert is_sound(procedure) and can_be_kept(procedure) and procedure.example


@OFTEN
@given(st.data())
def test_each_slip_is_told_with_the_key_of_its_place(data: Any) -> None:
    told = pack(data.draw(st.sampled_from(sorted(PACKS))))
    step = data.draw(st.sampled_from(told["steps"]))
    level = data.draw(st.sampled_from(told["levels"]))
    clock = data.draw(st.sampled_from(sorted(level["limits"])))
    slip = data.draw(st.sampled_from(["role", "limit", "bad limit", "to", "from", "twice", "need"]))
    where = {"role": step, "to": step, "from": step, "twice": step, "need": step}.get(slip, level)["key"]
    if slip == "role":
        step["roles"] = []
    elif slip == "limit":
        del level["limits"][clock]
    elif slip == "bad limit":
        level["limits"][clock] = data.draw(
            st.sampled_from(["", "0m", "soon", "-1h", "1 h", "3wk", "٣d", "9" * 9 + "d"])
        )
    elif slip == "to":
        step["to"] = "nowhere"
    elif slip == "from":
        step["from"] = []
    elif slip == "twice":
        told["steps"].append(dict(step))
    else:
        step["needs"] = [*step.get("needs", []), "blood"]
    assert any(where in words for words in said_of(told))


@OFTEN
@given(st.data())
def test_a_state_nothing_leaves_is_told_unless_it_is_an_end(data: Any) -> None:
    told = pack(data.draw(st.sampled_from(sorted(PACKS))))
    state = data.draw(st.sampled_from([each for each in told["states"] if not each.get("end")]))["key"]
    for step in told["steps"]:
        step["from"] = [origin for origin in step["from"] if origin != state]
    assert any(f"状态 {state} 没有出路" in words for words in said_of(told))


texts = st.text(max_size=6)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | texts
anything = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
)


@OFTEN
@given(st.data())
def test_no_form_whatever_makes_the_reader_fail(data: Any) -> None:
    told = pack(data.draw(st.sampled_from(sorted(PACKS))))
    name = data.draw(st.sampled_from(sorted(told)))
    where: Any = told
    if isinstance(told[name], list) and data.draw(st.booleans()):
        where = data.draw(st.sampled_from(told[name]))
        name = data.draw(st.sampled_from(sorted(where)))
    where[name] = data.draw(anything)
    assert all(isinstance(words, str) and words for words in said_of(told))
