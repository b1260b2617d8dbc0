"""Sentences about a file that were stored in Chinese when it was read, in the language of the page."""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..dictionary import Said, english, refusals
from .refusals import KINDS, REFUSALS

# As mapping/ and reading/ write them; a test holds that none is missing.
STORED = (
    gettext_noop("是上次退回的错误说明，不导入"),
    gettext_noop("本单位上次选择了不导入这一列"),
    gettext_noop("没有表头，也没有内容"),
    gettext_noop("没有表头，看不出是什么"),
    gettext_noop("事实字典里没有这一项，不导入；如确有需要，请区级管理员按用途和依据申请新增"),
    gettext_noop("与“%s”列重复，没有导入；如果不是同一项，请选它是什么"),
    gettext_noop("年龄由出生日期或证件号码算出，不另外登记"),
    gettext_noop("年龄每年都变，登记册只存出生日期，没有导入；请补上出生日期或证件号码"),
    gettext_noop("备注里写什么的都有，登记册不存；要保留的内容请写进对应的列"),
    gettext_noop("房屋面积在走访时登记，不从台账导入"),
    gettext_noop("这张表没有姓名、证件号码或企业名称，不是台账，不导入。"),
    gettext_noop("隐藏的工作表，默认不导入。需要导入请先在 Excel 里取消隐藏。"),
    gettext_noop("空白工作表。"),
    gettext_noop("只有说明文字，没有台账的表头，不导入。"),
    gettext_noop("没有找到能识别的表头（如姓名、身份证号、电话、地址），不像台账，不导入。"),
    gettext_noop("表格带有宏：只读取单元格里的数据，宏不会运行，也不会保存。"),
    gettext_noop("这是网页格式的“假 Excel”，已按表格读取。"),
    gettext_noop("文字编码识别为 %s。"),
)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = (*STORED, *REFUSALS, *KINDS)
    return tuple((text, re.compile(re.escape(text).replace("%s", "(.*)"), re.DOTALL)) for text in known)


@cache
def _reasons() -> dict[str, Said]:
    return {reason.zh: reason for reason in refusals().values()}


def retold(stored: str) -> str:
    """The sentence in the language of the page; one nobody knows as it was stored."""
    if not english():
        return stored
    if stored in _reasons():
        return str(_reasons()[stored])
    for text, pattern in _patterns():
        if found := pattern.fullmatch(stored):
            return _(text) % tuple(map(_told, found.groups())) if found.groups() else _(text)
    return stored


def _told(part: str) -> str:
    """What stands in a sentence: the name of a sheet, a kind of file, or sentences about several sheets."""
    return "; ".join(retold(one) for one in part.split("；"))
