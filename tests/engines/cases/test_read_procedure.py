"""Procedures as files: those shipped say what the spec says; a broken one is told with its file."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from time import process_time

import pytest

from wangge.engines.cases.reading.limits import limit_words
from wangge.engines.cases.reading.packs import SHIPPED, ProcedureFault, read_folder, read_procedure

INCIDENT = (SHIPPED / "incident.toml").read_text("utf-8")


def test_six_procedures_are_shipped_and_all_are_examples() -> None:
    shipped = read_folder()
    assert sorted(shipped) == [
        "decision",
        "difficulty",
        "dispute",
        "hazard",
        "incident",
        "request",
        "whistle",
    ]
    assert all(each.example and each.version == 1 for each in shipped.values())


@pytest.mark.parametrize(
    ("level", "closes", "limits", "tell"),
    [
        ("third", "community", ("2h", "8h", "3wd"), "street"),
        ("second", "street", ("4h", "1wd", "7wd"), "district"),
        ("first", "district", ("1h", "4h", "15wd"), "leader"),
    ],
)
def test_levels_of_incidents_are_those_of_the_table(
    level: str, closes: str, limits: tuple[str, ...], tell: str
) -> None:
    incident = read_folder()["incident"]
    found = incident.level_of(level)
    assert tuple(incident.limit_of(clock, level) for clock in ("accept", "handle", "close")) == limits
    assert (found.closes, found.ladder[0].tell) == (closes, tell)


def test_the_seven_steps_lead_from_found_to_closed() -> None:
    incident, state = read_folder()["incident"], "waiting"
    for key in ("file", "dispatch", "take", "answer", "verify", "close"):
        step = incident.step(key)
        assert state in step.origins
        state = step.to
    assert incident.state(state).end and [step.key for step in incident.steps if step.reject] == ["rework"]
    assert [state.key for state in incident.states if state.paused] == ["suspended"]


def test_hazards_climb_one_three_and_seven_days_and_only_major_ones_are_reported() -> None:
    hazard = read_folder()["hazard"]
    assert [(rung.after, rung.tell) for rung in hazard.level_of("general").ladder] == [
        ("1d", "community"), ("3d", "street"), ("7d", "district"),
    ]  # fmt: skip
    assert (hazard.limit_of("report", "major"), hazard.limit_of("report", "general")) == ("2h", "")
    assert hazard.level_of("major").major and hazard.step("fix_now").needs == ("photo_after",)


def test_units_sign_contact_and_arrive_in_the_time_of_their_whistle() -> None:
    whistle = read_folder()["whistle"]
    limits = {
        level.key: tuple(whistle.limit_of(clock.key, level.key) for clock in whistle.clocks)
        for level in whistle.levels
    }
    assert limits == {"advance": ("1h", "24h", "3wd"), "tough": ("1h", "24h", "5wd")}


def test_hours_of_its_own_are_read_and_a_mark_of_byte_order_is_no_fault() -> None:
    own = "\ufeff" + INCIDENT.replace("[[states]]", '[hours]\nspans = [["08:30", "12:00"]]\n\n[[states]]', 1)
    assert read_procedure(own).spans == ((time(8, 30), time(12)),)
    assert read_procedure(INCIDENT).spans == ()


def test_a_clock_starts_and_stops_by_the_steps_that_name_it() -> None:
    incident = read_folder()["incident"]
    assert [clock.key for clock in incident.started_by("open")] == ["accept"]
    assert [clock.key for clock in incident.started_by("self")] == ["handle", "close"]
    assert [clock.key for clock in incident.stopped_by("void")] == ["accept", "handle", "close"]
    assert incident.first_level == "third"
    with pytest.raises(KeyError):
        incident.step("nothing")


def test_a_text_that_is_no_toml_is_told() -> None:
    with pytest.raises(ProcedureFault, match="不是正确的 TOML"):
        read_procedure("states = [")


def test_a_slip_in_the_name_of_an_entry_is_told_with_those_there_are() -> None:
    with pytest.raises(ProcedureFault, match=r"步骤 look 写了“role”，没有这一项；可写：.*roles"):
        read_procedure(INCIDENT.replace("roles =", "role =", 1))


def test_a_wrong_form_is_told_and_does_not_hide_the_rest() -> None:
    broken = INCIDENT.replace("version = 1", 'version = "one"').replace('closes = "worker"', "closes = 4")
    with pytest.raises(ProcedureFault) as caught:
        read_procedure(broken.replace('start = "waiting"', 'start = "elsewhere"'))
    said = "\n".join(caught.value.faults)
    assert "流程 的“version”应写成整数" in said and "级别 fourth 的“closes”" in said and "elsewhere" in said


def test_sixty_states_are_the_most() -> None:
    more = "\n".join(f'[[states]]\nkey = "s{n}"\nname = "态"\nenglish = "S"\n' for n in range(61))
    with pytest.raises(ProcedureFault, match="最多 60 项"):
        read_procedure(INCIDENT + more)


def test_every_file_of_a_folder_is_told_by_its_name(tmp_path: Path) -> None:
    assert read_folder(tmp_path / "none") == {}
    (tmp_path / "a.toml").write_text(INCIDENT, "utf-8")
    assert list(read_folder(tmp_path)) == ["incident"]
    (tmp_path / "b.toml").write_text("x = ", "utf-8")
    (tmp_path / "c.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "d.toml").write_text(INCIDENT, "utf-8")
    (tmp_path / "e.toml").write_text("#" * 300_000, "utf-8")
    with pytest.raises(ProcedureFault) as caught:
        read_folder(tmp_path)
    assert [words[:7] for words in caught.value.faults] == ["b.toml：", "c.toml：", "d.toml：", "e.toml："]


def test_limits_in_words() -> None:
    said = [limit_words(text) for text in ("10m", "2h", "15d", "4wh", "3wd")]
    assert said == ["10 分钟", "2 小时", "15 天", "4 个工作小时", "3 个工作日"]


def test_the_largest_file_is_judged_in_a_moment() -> None:
    keys = [f"s{n}" for n in range(60)]
    lines = [f'[[states]]\nkey = "{key}"\nname = "态"\nenglish = "S"' for key in keys]
    lines += [
        f'[[steps]]\nkey = "t{n}"\nname = "步"\nenglish = "T"\nroles = ["unit"]\n'
        f'from = {keys}\nto = "s{n % 60}"'
        for n in range(200)
    ]
    lines += [
        f'[[clocks]]\nkey = "c{n}"\nname = "时"\nenglish = "C"\nstarts = ["open"]\nstops = ["t1"]'
        for n in range(12)
    ]
    text = "key = 'large'\nname = '大'\nenglish = 'L'\nstart = 's0'\n" + "\n".join(lines)
    began = process_time()
    with pytest.raises(ProcedureFault, match="没有一个状态是结束"):
        read_procedure(text)
    assert process_time() - began < 3
