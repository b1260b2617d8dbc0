"""What is wrong in which cell, in words an official understands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS: dict[str, str | Promise] = {
    "no_survey": gettext_lazy("没有名为 survey 的工作表。题目写在 survey 表里，第一行是列名。"),
    "no_header": gettext_lazy("这张表缺少列“%(value)s”。请在第一行补上这个列名。"),
    "no_questions": gettext_lazy("survey 表里还没有题目。"),
    "no_form_id": gettext_lazy(
        "请在 settings 表的 form_id 列写表单编号：以英文字母开头，只用英文字母、数字、_ 和 -，如 home_visit。"
    ),
    "no_type": gettext_lazy("这一行没有写题型（type）。"),
    "unknown_type": gettext_lazy(
        "不认识题型“%(value)s”。常用的有 text、integer、date、select_one 选项表名。"
    ),
    "no_name": gettext_lazy("这一行没有写字段名（name）。"),
    "bad_name": gettext_lazy("字段名“%(value)s”不能用：要以英文字母开头，只用英文字母、数字、下划线。"),
    "same_name": gettext_lazy("字段名“%(value)s”在同一组里用了两次，请改一个。"),
    "no_label": gettext_lazy("“%(value)s”没有写题目文字（label）。"),
    "no_calculation": gettext_lazy("“%(value)s”是计算题，但没有写算式（calculation）。"),
    "no_list": gettext_lazy("选项表“%(value)s”在 choices 表里找不到。"),
    "no_list_name": gettext_lazy("选择题要写明用哪个选项表，如 select_one yes_no。"),
    "choice_no_name": gettext_lazy("这个选项没有写值（name）。"),
    "choice_no_label": gettext_lazy("选项“%(value)s”没有写显示文字（label）。"),
    "choice_twice": gettext_lazy("选项值“%(value)s”在同一个选项表里出现了两次。"),
    "not_closed": gettext_lazy("这一组没有结束行，请在组的最后加一行 end_group 或 end_repeat。"),
    "not_opened": gettext_lazy("这一行结束了一个没有开始的组。"),
    "unknown_reference": gettext_lazy("算式里的 ${%(value)s} 不是任何一题的字段名。"),
    "circle": gettext_lazy("这些题互相等着对方的答案，永远算不出来：%(value)s。请改其中一格。"),
    "broken_formula": gettext_lazy("算式“%(value)s”写得不完整，请检查括号、引号和运算符。"),
    "unknown_fact": gettext_lazy("“%(value)s”不是事实字典里的项目。"),
    "may_not_ask": gettext_lazy("不能问“%(value)s”。请删去这道题或这个选项。"),
    "unfit_fact": gettext_lazy(
        "“%(value)s”这种题型不能对应事实字典。请用 text、integer、decimal、date 或 select_one。"
    ),
    "choice_no_code": gettext_lazy(
        "选项“%(value)s”对不上事实字典的代码。请把选项的 name 写成字典里的代码，或把 label 写成字典里的说法。"
    ),
    "long_formula": gettext_lazy("这个算式有 %(value)s 个字符，最多 1,000 个。请拆成几道计算题。"),
    "deep_formula": gettext_lazy("这个算式的括号套得太深，最多 30 层。请拆成几道计算题。"),
    "endless_repeat": gettext_lazy("重复次数 %(value)s 太多，最多 100 次。"),
    "slow_pattern": gettext_lazy(
        "正则表达式“%(value)s”在有些答案上会算上几年：它里面有重复套着重复，同一段文字能用许多种方法匹配。"
        "请写明确，如把 (a+)+ 写成 a+。"
    ),
    "broken_pattern": gettext_lazy("看不懂正则表达式“%(value)s”，请检查括号和方括号。"),
    "too_many": gettext_lazy("一张表单最多 2,000 题，这一张有 %(value)s 题。请拆成几张。"),
    "too_long": gettext_lazy("表单太复杂，半分钟内没有检查完。请拆小些再试。"),
    "not_a_book": gettext_lazy(
        "这不是能打开的 Excel 文件（.xlsx 或 .xls）。请用 Excel 另存为 .xlsx 再上传。"
    ),
    "too_big": gettext_lazy("文件太大：表单不应超过 5 MB。请删掉图片和无关的工作表。"),
    "other": gettext_lazy("表单转换时报告：%(value)s"),
}
ROW = re.compile(r"\[row : (\d+)\]\s*")
SHEET = re.compile(r"On the '(\w+)' sheet")


@dataclass(frozen=True)
class Fault:
    """One thing to mend. row counts from 1 as Excel does, 0 is the whole sheet; column is a letter or ""."""

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""

    @property
    def place(self) -> str:
        """Where it is, e.g. "survey!C5"."""
        if not self.sheet:
            return ""
        return f"{self.sheet}!{self.column}{self.row}" if self.row else self.sheet

    def __str__(self) -> str:
        return str(WORDS[self.code]) % {"value": self.value}


def told_by_converter(text: str) -> Fault:
    """What pyxform says that our own looking did not find, its place taken from its text."""
    row, sheet = ROW.search(text), SHEET.search(text)
    said = ROW.sub("", text).strip() or _("原因不明")
    return Fault(
        "other", sheet.group(1) if sheet else ("survey" if row else ""), int(row.group(1)) if row else 0,
        "", said[:300],
    )  # fmt: skip
