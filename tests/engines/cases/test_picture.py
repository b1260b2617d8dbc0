"""The picture is drawn from the same data: nothing of it is missing, and it can be read on a phone."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from lxml import etree

from wangge.engines.cases.outgoing.layout import MANY, laid_out
from wangge.engines.cases.outgoing.picture import picture_of
from wangge.engines.cases.reading.packs import read_folder
from wangge.engines.cases.reading.shape import procedure_of

from .changing import PACKS, pack, part

SVG = "{http://www.w3.org/2000/svg}"


def drawn(name: str, current: str = "", level: str = "") -> etree._Element:
    return etree.fromstring(picture_of(read_folder()[name], current, level).encode())


def words(element: etree._Element) -> str:
    return " ".join("".join(map(str, text.itertext())) for text in element.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", sorted(PACKS))
def test_every_state_and_every_step_of_every_state_is_drawn(name: str) -> None:
    procedure, picture = read_folder()[name], drawn(name)
    states = [each.get("data-state") for each in picture.iter(f"{SVG}g") if each.get("data-state")]
    assert states == [state.key for state in procedure.states]
    steps = [each.get("data-step") for each in picture.iter(f"{SVG}g") if each.get("data-step")]
    for step in procedure.steps:
        assert steps.count(step.key) == (1 if len(step.origins) > MANY else len(step.origins))


@pytest.mark.parametrize("name", sorted(PACKS))
def test_it_is_no_wider_than_a_phone_shows(name: str) -> None:
    assert float(drawn(name).get("width") or 0) <= 366


@pytest.mark.parametrize("name", sorted(PACKS))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_parts_do_not_lie_over_each_other_and_no_lane_over_another(name: str, language: str) -> None:
    with override(language):
        layout = laid_out(read_folder()[name])
    below = 0.0
    for box in layout.boxes:
        for top, high in [(box.y, box.h), *((row.y, row.h) for row in box.rows)]:
            assert top >= below
            below = top + high
    held: dict[int, list[tuple[float, float]]] = {}
    for state, lane in layout.lanes.items():
        places = [row.y for box in layout.boxes for row in box.rows if row.to == state]
        span = (min(*places, layout.box(state).y), max(*places, layout.box(state).y))
        assert all(span[1] < low or high < span[0] for low, high in held.get(lane, []))
        held.setdefault(lane, []).append(span)


def test_the_state_of_the_case_is_marked_and_no_other() -> None:
    picture = drawn("incident", "handling")
    marked = [each.get("data-state") for each in picture.iter(f"{SVG}g") if each.get("aria-current")]
    assert marked == ["handling"] and words(picture).count("现在") == 1
    assert "现在" not in words(drawn("incident"))


def test_clocks_stand_in_the_states_in_which_they_run_with_the_limits_of_the_level() -> None:
    assert "计时：处置 1 个工作日、结案 7 个工作日" in words(drawn("incident", "", "second"))
    assert "计时：处置、结案" in words(drawn("incident"))
    assert "重大隐患上报" in words(drawn("hazard", "", "major"))
    assert "重大隐患上报" not in words(drawn("hazard", "", "general"))


def test_an_arrow_names_the_number_of_the_box_it_leads_to() -> None:
    numbers = {state.key: at for at, state in enumerate(read_folder()["incident"].states, 1)}
    assert f"返工 →\u00a0{numbers['handling']}" in words(drawn("incident"))
    assert f"{numbers['handling']}. 处理中" in words(drawn("incident"))


def test_words_in_english_are_in_english() -> None:
    with override("en"):
        said = words(drawn("hazard", "told", "major"))
    assert "Being" not in said and "Told, being put right" in said
    assert not any("\u4e00" <= char <= "\u9fff" for char in said)


def test_names_are_text_and_never_markup() -> None:
    told = pack()
    part(told, "states", "waiting")["name"] = '<script>"&'
    picture = picture_of(procedure_of(told)[0], "waiting")
    assert "<script>" not in picture and "&lt;script&gt;" in picture
