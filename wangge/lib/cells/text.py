"""Plain text and personal names."""

from __future__ import annotations

import re
from datetime import date, datetime

from .results import EMPTY, Cell, refused

# Full width to half width, except the marks that end or divide Chinese sentences.
SENTENCE_MARKS = "，；：！？"
FOLD: dict[int, int | str | None] = {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in SENTENCE_MARKS
}
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
FOLD |= {ord(mark): None for mark in INVISIBLE}
FOLD |= {0x3000: " ", 0x00A0: " ", 0x2007: " ", 0x202F: " "}
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]|_x000[DdAa]_")  # Excel writes a carriage return as _x000D_
# What a spreadsheet shows where a formula failed says nothing of a person.
FAILED = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!")
NOTHING = frozenset({"", "-", "--", "—", "——", "/", "\\", "N/A", "NULL", "null", "None", "nan", *FAILED})
# Words people type where they know no number; not for coded columns, where 无 is an answer.
_UNKNOWN = (
    "无 不详 未知 未提供 不提供 拒绝提供 暂无 没有 待补 待查 待核实 待核 空 未填 未登记 不清楚 不知 遗失 "
    "丢失 未办 未办理 未领 无证 无身份证 无号码 无电话 空号"
)
UNKNOWN = frozenset(_UNKNOWN.split())
LONGEST_HAN_NAME, LONGEST_LATIN_NAME = 30, 60

DOTS = re.compile(r"\s*[·•・‧∙⋅･․.．·]\s*")
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af〇"
HAN_NAME = re.compile(rf"[{HAN}]+(?:·[{HAN}]+)*")
LATIN_NAME = re.compile(r"[^\W\d_]+(?:[ '’.,·-]+[^\W\d_]+)*\.?")
NOTE = re.compile(r"\s*[(（〔\[【][^)）〕\]】]*[)）〕\]】]\s*$")
SEVERAL = re.compile(r"[、,，/;；&]|\s和\s")
VACANT = ("空置", "空房", "空置房", "空户", "无人", "无人居住", "无人住", "吉屋", "空屋")
PLACEHOLDERS = ("无", "不详", "未知", "同上", "待补", "待查", "无名", "无名氏", "暂无", "空", *VACANT)


def plain(value: object) -> str:
    """Any cell as trimmed half-width text on one line; "" when there is nothing in it."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value
    elif isinstance(value, float):
        if value != value:
            return ""
        text = str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    elif isinstance(value, datetime):
        text = f"{value:%Y-%m-%d}" if value.time() == datetime.min.time() else f"{value:%Y-%m-%d %H:%M}"
    elif isinstance(value, date):
        text = value.isoformat()
    else:
        text = str(value)
    if not text.isascii():
        text = text.translate(FOLD)
    if not text.isprintable() or "_x000" in text:
        text = CONTROLS.sub(" ", text)
    text = " ".join(text.split())
    return "" if text in NOTHING else text


def clean_text(value: object) -> Cell:
    """Trimmed, half-width, one line, no invisible characters; dashes that mean nothing are empty."""
    text = plain(value)
    return Cell(text) if text else EMPTY


def clean_name(value: object) -> Cell:
    """A personal name: no blanks between Han characters, one kind of middle dot.

    A note in brackets at the end, 张三(户主), is dropped with a warning; digits, several names
    in one cell, placeholders and masked names are refused.
    """
    text = plain(value)
    if not text:
        return EMPTY
    name = NOTE.sub("", text)
    warning = "name_note_dropped" if name != text else ""
    return _han_name(name, warning) or _latin_name(name, warning) or refused(_why_not(name))


def _han_name(name: str, warning: str) -> Cell | None:
    joined = DOTS.sub("·", name).replace(" ", "")
    if joined in PLACEHOLDERS or not HAN_NAME.fullmatch(joined):
        return None
    if len(joined) > LONGEST_HAN_NAME or ("·" not in joined and len(joined) > 8):
        return refused("name_too_long")
    return Cell(joined, "", warning or ("name_one_character" if len(joined) == 1 else ""))


def _latin_name(name: str, warning: str) -> Cell | None:
    if not LATIN_NAME.fullmatch(name) or name in PLACEHOLDERS or SEVERAL.search(name.replace(", ", " ")):
        return None
    return refused("name_too_long") if len(name) > LONGEST_LATIN_NAME else Cell(name, "", warning)


def _why_not(name: str) -> str:
    if name in VACANT:
        return "name_vacant"
    if name in PLACEHOLDERS:
        return "name_placeholder"
    if "*" in name or "某" in name:
        return "name_masked"
    if any(character.isdigit() for character in name):
        return "name_digits"
    if SEVERAL.search(name):
        return "name_several"
    return "name_characters"
