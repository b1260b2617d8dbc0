"""Which column is the name, the phone, the id number: by what the heads say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_SPACE = re.compile(r"[\s\u3000*＊:：（）()]+")
NAME = re.compile(r"^(?:员工|职工|人员|成员|学生|中文)?(?:姓名|名字|名称)$|^name$", re.IGNORECASE)
PHONE = re.compile(r"手机|电话|联系方式|^mobile|^phone", re.IGNORECASE)
ID = re.compile(r"身份证|证件号|证件编号|公民身份号码|^id(?:no|number|card)?$", re.IGNORECASE)
NOT_PHONE = re.compile(r"紧急|家长|监护|亲属|座机|型号")
NOT_ID = re.compile(r"类型|类别|有效|地址|照片")


class Columns(NamedTuple):
    """Where the columns are; -1 is nowhere."""

    name: int
    phone: int
    id_no: int


def find_columns(heads: Sequence[object]) -> Columns | None:
    """The columns of a row of heads; None where the row has no name with a phone or id number beside it."""
    words = [_SPACE.sub("", str(head)) if isinstance(head, str) else "" for head in heads]
    found = Columns(_first(words, NAME, None), _first(words, PHONE, NOT_PHONE), _first(words, ID, NOT_ID))
    return found if found.name >= 0 and max(found.phone, found.id_no) >= 0 else None


def _first(words: Sequence[str], wanted: re.Pattern[str], unwanted: re.Pattern[str] | None) -> int:
    return next(
        (
            at
            for at, word in enumerate(words)
            if wanted.search(word) and not (unwanted and unwanted.search(word))
        ),
        -1,
    )
