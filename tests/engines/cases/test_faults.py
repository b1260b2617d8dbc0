"""What is wrong with a procedure is said in words, all of it, with the place."""

from __future__ import annotations

import pytest

from wangge.engines.cases.reading.faults import faults
from wangge.engines.cases.reading.shape import procedure_of

from .changing import Told, pack, part


def said_of(told: Told) -> str:
    procedure, wrong = procedure_of(told)
    return "\n".join([*wrong, *faults(procedure)])


def step(told: Told, key: str) -> Told:
    return part(told, "steps", key)


def level(told: Told, key: str = "third") -> Told:
    return part(told, "levels", key)


def test_a_round_without_an_end_is_told_with_its_states() -> None:
    told = pack("decision")
    told["steps"] = [each for each in told["steps"] if each["key"] not in ("close", "withdraw")]
    assert "走不到任何结束，只会绕圈" in said_of(told) and "decided、accepted、done" in said_of(told)


def test_a_procedure_without_any_end_is_told() -> None:
    told = pack()
    for state in told["states"]:
        state["end"] = False
    assert "没有一个状态是结束" in said_of(told)


def test_a_state_nobody_comes_to_is_told_and_one_that_is_reached_is_not() -> None:
    told = pack()
    told["states"].append({"key": "lost", "name": "孤岛", "english": "Lost", "end": True})
    assert said_of(told) == "没有哪一步通到状态 lost；请从别的状态连过来，或删去它。"
    told["steps"].append({**step(told, "refuse"), "key": "lose", "to": "lost"})
    told["clocks"][0]["stops"].append("lose")
    assert said_of(told) == ""


def test_a_clock_that_runs_in_an_end_is_told_with_the_step_that_let_it() -> None:
    told = pack()
    part(told, "clocks", "close")["stops"].remove("void")
    assert "计时 close 到了结束状态 void 还在走（经步骤 void）" in said_of(told)


def test_a_clock_nothing_stops_is_told() -> None:
    told = pack()
    part(told, "clocks", "handle")["stops"] = []
    assert "计时 handle 没有写何时停止" in said_of(told)


def test_a_level_without_a_limit_is_told_with_the_clock() -> None:
    told = pack()
    del level(told)["limits"]["handle"]
    assert said_of(told) == "级别 third 没有写计时 handle 的时限。"


def test_a_clock_of_some_levels_wants_a_limit_at_these_alone() -> None:
    told = pack("hazard")
    part(told, "levels", "general")["limits"]["report"] = "2h"
    assert said_of(told) == "级别 general 写了计时 report 的时限，但这个计时不用于这个级别。"
    del part(told, "levels", "general")["limits"]["report"]
    assert said_of(told) == ""


def test_clocks_without_any_level_are_told() -> None:
    told = pack()
    told["levels"] = []
    assert "没有一个级别写时限" in said_of(told)


def test_a_step_without_a_role_is_told_and_an_unknown_role_with_those_there_are() -> None:
    told = pack()
    step(told, "file")["roles"] = []
    step(told, "close")["roles"] = ["emperor"]
    said = said_of(told)
    assert "步骤 file 没有写由谁来办" in said
    assert "步骤 close 的 roles 写了“emperor”" in said and "worker、community" in said


@pytest.mark.parametrize("role", ["unit", "reporter"])
def test_nobody_verifies_own_work_or_own_report(role: str) -> None:
    told = pack()
    step(told, "verify")["roles"].append(role)
    assert "步骤 verify 是核查，不能由" in said_of(told)
    step(told, "verify")["roles"].remove(role)
    assert said_of(told) == ""


def test_a_ladder_out_of_order_is_told_and_two_at_the_same_time_are_not() -> None:
    told = pack()
    level(told)["ladder"] = [{"after": "3d", "tell": "street"}, {"after": "1d", "tell": "community"}]
    assert said_of(told) == "级别 third 的阶梯先后颠倒了，请从早到晚写。"
    level(told)["ladder"] = [{"after": "24h", "tell": "street"}, {"after": "1d", "tell": "community"}]
    assert said_of(told) == ""


def test_a_ladder_by_the_wall_and_by_working_time_at_once_is_told() -> None:
    told = pack()
    level(told)["ladder"] = [{"after": "1d", "tell": "street"}, {"after": "3wd", "tell": "district"}]
    assert "混用了自然时间和工作时间" in said_of(told)


@pytest.mark.parametrize("warn", [0, 1, -0.5, 1.5, float("nan"), "", "0m", "soon"])
def test_a_warning_that_never_or_always_comes_is_told(warn: float | str) -> None:
    told = pack()
    level(told)["warn"] = warn
    assert "级别 third 的 warn" in said_of(told)


@pytest.mark.parametrize("warn", [0.01, 0.99, "1h", "3wd"])
def test_a_share_or_a_time_before_is_a_warning(warn: float | str) -> None:
    told = pack()
    level(told)["warn"] = warn
    assert said_of(told) == ""


def test_a_level_nobody_can_close_is_told() -> None:
    told = pack()
    step(told, "close")["roles"] = ["worker", "district"]
    step(told, "refuse")["roles"] = step(told, "merge")["roles"] = ["district"]
    assert "级别 third 由村居结案，但没有一步通到结束的让村居办。" in said_of(told)


def test_a_step_by_itself_says_after_how_long_only_if_the_clock_may_take_it() -> None:
    told = pack()
    step(told, "archive")["roles"] = ["district"]
    assert "步骤 archive 写了 after" in said_of(told)


def test_keys_names_and_the_start_are_looked_at() -> None:
    told = pack()
    told["start"] = "elsewhere"
    told["level"] = "sixth"
    told["states"][1]["key"] = "Filed!"
    told["clocks"][0]["name"] = ""
    told["levels"][0]["english"] = ""
    told["steps"][0]["key"] = "open"
    said = said_of(told)
    for words in (
        "起点（start）写了“elsewhere”", "默认级别写了“sixth”", "状态“Filed!”的编号",
        "计时 accept 没有中文名称", "级别 fourth 没有英文名称", "步骤不能用编号 open",
    ):  # fmt: skip
        assert words in said


def test_an_end_that_pauses_and_a_start_that_ends_are_told() -> None:
    told = pack()
    part(told, "states", "void")["paused"] = True
    part(told, "states", "waiting")["end"] = True
    said = said_of(told)
    assert "状态 void 既是结束又是停表" in said and "起点 waiting 就是结束" in said


def test_working_hours_stand_one_after_the_other() -> None:
    told = pack()
    told["hours"] = {"spans": [["08:30", "12:00"], ["11:00", "17:30"]]}
    assert "时段 11:00–17:30 倒置或与前一段重叠" in said_of(told)
    told["hours"] = {"spans": [["8点", "12:00"]]}
    assert "看不懂" in said_of(told)
    told["hours"] = {"spans": [["08:30", "12:00"], ["14:30", "17:30"]]}
    assert said_of(told) == ""


def test_all_faults_are_told_at_once_and_each_once() -> None:
    told = pack()
    step(told, "file")["roles"] = []
    step(told, "refuse")["to"] = "nowhere"
    del level(told)["limits"]["close"]
    said = said_of(told).split("\n")
    assert len(said) == len(set(said)) and len(said) >= 3


def test_what_nobody_counts_keeps_apart_or_extends_is_told() -> None:
    told = pack()
    step(told, "file")["counts"] = ["fild"]
    step(told, "close")["apart"] = ["nobody"]
    step(told, "answer")["extends"] = ["close"]
    part(told, "clocks", "close")["due"] = "soon"
    said = said_of(told)
    for words in ("file 的 counts", "close 的 apart", "answer 写了 extends", "close 的 due"):
        assert words in said
