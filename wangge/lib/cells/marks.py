"""Short coded cells: sex, yes and no, whole numbers, and code lists given by the caller."""

from __future__ import annotations

from collections.abc import Mapping

from wangge.lib.identifiers import FEMALE, MALE

from .results import EMPTY, Cell, refused
from .text import plain

SEXES = {
    **dict.fromkeys(("男", "男性", "M", "MALE", "1", "先生", "♂"), MALE),
    **dict.fromkeys(("女", "女性", "F", "FEMALE", "2", "女士", "♀"), FEMALE),
    **dict.fromkeys(("未知", "不详", "0"), "0"),
    **dict.fromkeys(("未说明", "9"), "9"),
}
YES = ("是", "有", "对", "√", "✓", "✔", "☑", "1", "Y", "YES", "TRUE", "T", "已", "√是")
NO = ("否", "无", "没有", "不是", "×", "✕", "✗", "✘", "☒", "X", "0", "N", "NO", "FALSE", "F", "未", "不")
MARKS = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}


def clean_sex(value: object) -> Cell:
    """GB/T 2261.1: "1" male, "2" female, "0" unknown, "9" not stated."""
    text = plain(value).upper()
    if not text:
        return EMPTY
    sex = SEXES.get(text)
    return Cell(sex) if sex else refused("sex_unreadable")


def clean_yes_no(value: object) -> Cell:
    """True or False from 是/否, 有/无, √/×, 1/0, Y/N. An empty cell is unknown, not no."""
    text = plain(value).upper()
    if not text:
        return EMPTY
    mark = MARKS.get(text)
    return refused("mark_unreadable") if mark is None else Cell(mark)


def clean_integer(value: object) -> Cell:
    """A whole number that is not negative, such as a head count; thousands commas allowed."""
    text = plain(value).replace(",", "").replace("，", "").removesuffix(".0").rstrip("人户个名岁")
    if not text:
        return EMPTY
    return Cell(int(text)) if text.isdecimal() and len(text) < 16 else refused("integer_unreadable")


def code_key(text: str) -> str:
    """How a caller's synonyms and a cell are compared: half width, no blanks, upper case."""
    return plain(text).replace(" ", "").upper()


def clean_code(value: object, codes: Mapping[str, str]) -> Cell:
    """The code of a value by the caller's list.

    Args:
        codes: ``code_key(synonym)`` -> code; the codes themselves should be among the synonyms.
            Build it with ``code_list``.
    """
    key = code_key(plain(value))
    if not key:
        return EMPTY
    code = codes.get(key)
    # A leading number, as in "1 务工" or "2.务农", is decoration when the rest is known.
    if code is None:
        code = codes.get(key.lstrip("0123456789.、)(-"))
    return refused("code_unknown") if code is None else Cell(code)


def code_list(synonyms: Mapping[str, str | list[str] | tuple[str, ...]]) -> dict[str, str]:
    """Turn {code: name or names} into the look-up that ``clean_code`` takes."""
    table: dict[str, str] = {}
    for code, names in synonyms.items():
        for name in (code, *([names] if isinstance(names, str) else names)):
            table.setdefault(code_key(name), code)
    return table
