"""Words in pictures: how wide they are and where their lines break."""

from __future__ import annotations

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
