"""Words in pictures: how wide they are and where their lines break."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wangge.lib.drawing import svg, width_of, wrapped


def test_a_line_is_never_wider_than_asked_but_for_a_closing_mark() -> None:
    assert wrapped("一二三四，五六", 4) == ["一二三四，", "五六"]
    assert wrapped("一二三四五六", 4) == ["一二三四", "五六"]
    assert wrapped("   ", 4) == [""]


def test_letters_are_narrower_than_characters() -> None:
    assert width_of("网格") == 2.0 and width_of("ab") < 2.0


def test_a_title_is_text_and_never_markup() -> None:
    picture = svg(10, 20, ["<g/>"], title='"><script>', kind="flow")
    assert "<script>" not in picture and 'viewBox="0 0 10 20"' in picture and "<g/>" in picture


def test_a_word_of_letters_stays_whole_where_it_fits() -> None:
    assert wrapped("Town or street, District centre", 12) == ["Town or street,", "District centre"]
    assert wrapped("there again →\u00a02", 7) == ["there again", "→\u00a02"]
    assert wrapped("网格员 Unit", 4) == ["网格员", "Unit"]
    assert "".join(wrapped("x" * 30, 5)) == "x" * 30


@given(st.text(alphabet="ab 网，→", max_size=40), st.integers(2, 9))
def test_no_letter_is_lost_and_no_line_too_wide(text: str, most: int) -> None:
    lines = wrapped(text, most)
    assert "".join(lines).replace(" ", "") == text.strip().replace(" ", "") or not text.strip()
    assert all(width_of(line.rstrip("，")) <= most for line in lines)
