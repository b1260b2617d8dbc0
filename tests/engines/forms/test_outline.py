"""What an XForm offers to choose from and what its groups are called, in the form's own language."""

from __future__ import annotations

from wangge.engines.forms.checking import convert
from wangge.engines.forms.xform import Outline, outline

from .form_cast import settings, workbook

SURVEY = [
    ["type", "name", "label::English (en)", "label::中文 (zh)"],
    ["text", "who", "Who", "谁"],
    ["begin_group", "home", "Home", "住处"],
    ["select_one yn", "smoke", "Alarm of ${who}?", "${who}有烟感吗"],
    ["begin_repeat", "members", "Members", "家里的人"],
    ["rank yn", "order", "Order", "排序"],
    ["end_repeat", "", "", ""],
    ["begin_group", "kitchen", "Kitchen ${who}", "${who}的厨房"],
    ["select_multiple yn", "more", "More", "还有"],
    ["end_group", "", "", ""],
    ["end_group", "", "", ""],
]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::中文 (zh)"],
    ["yn", "y", "yes", "有"],
    ["yn", "n", "no", "无"],
]


def made(**more: str) -> Outline:
    heads, values = settings()
    book = workbook(SURVEY, CHOICES, [[*heads, *more], [*values, *more.values()]])
    [told] = convert._ask_child((book,))
    assert told
    return outline(told["xform"])


def test_options_and_titles_are_in_the_forms_default_language_else_in_its_first():
    chinese, first = made(default_language="中文 (zh)"), made()
    assert chinese.choices["/data/home/smoke"] == (("y", "有"), ("n", "无"))
    assert first.choices["/data/home/smoke"] == (("y", "yes"), ("n", "no"))
    for path in ("/data/home/members/order", "/data/home/kitchen/more"):
        assert chinese.choices[path] == chinese.choices["/data/home/smoke"]
    assert chinese.titles["/data/home"] == "住处" and chinese.titles["/data/home/members"] == "家里的人"
    assert chinese.titles["/data/home/kitchen"] == "的厨房"  # what is filled in on the phone is left out


def test_options_in_the_question_itself_are_read_and_what_is_no_form_is_empty():
    plain = '<h><select1 ref="/data/a"><item><label>有</label><value>y</value></item></select1></h>'
    assert outline(plain).choices == {"/data/a": (("y", "有"),)}
    assert outline("<h") == outline('<!DOCTYPE a [<!ENTITY b "c">]><a/>') == Outline()
