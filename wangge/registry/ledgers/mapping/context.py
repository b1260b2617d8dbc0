"""Headers that mean one thing in one ledger and another in the next: settled by the sheet and its values."""

from __future__ import annotations

import re

from .columns import Column
from .looks import guess
from .proposals import Candidate

_UNNAMED = re.compile(r"^第\d+列$")
_COUNTER = re.compile(r"^\d{1,7}$")
_AGE = re.compile(r"^\d{1,2}$|^1[01]\d$")
_GATE = re.compile(r"^\d{1,2}(?:单元|门|梯)$|^\d$")
_PHONES = {"phone", "phone2"}
# Facts with code lists that ledgers call by each other's names.
_FAMILIES = (
    ("person_kind", "hukou_nature", "is_resident", "residence_way"),
    ("residence_way", "room_state", "room_use"),
    ("room_use", "room_state", "residence_way"),
    ("room_state", "room_use", "residence_way", "person_kind"),
    ("hukou_nature", "person_kind"),
    ("employment", "occupation"),
    ("occupation", "employment"),
)
_ROLE_PHONES = {
    "owner_name": "owner_phone",
    "owner_id_no": "owner_phone",
    "renter_name": "renter_phone",
    "renter_id_no": "renter_phone",
    "legal_person": "org_phone",
    "guardian": "emergency_contact",
    "emergency_contact": "emergency_contact",
}
_ROLE_IDS = {
    "owner_name": "owner_id_no",
    "owner_phone": "owner_id_no",
    "renter_name": "renter_id_no",
    "renter_phone": "renter_id_no",
    "head_name": "head_id_no",
}
_GENERIC_ADDRESS = {"地址", "住址", "详细地址", "address", "地址详情", "家庭住址", "家庭地址"}
_BARE_HUKOU = {"户籍地", "户籍", "户籍所在地", "户口所在地", "户口", "原籍", "户籍地址", "户口登记地"}


def settle_context(columns: list[Column]) -> None:
    """Reorder the readings of ambiguous columns; what stays doubtful is marked to be asked."""
    for column in columns:
        _by_codes(column)
        _by_look(column)
    if _about_organisations(columns):
        _read_as_organisations(columns)
    elif not _has(columns, "name"):
        _read_without_persons(columns)
    _neighbours(columns)
    for column in columns:
        _doors(column, columns)


def _has(columns: list[Column], code: str) -> bool:
    return any(c.open and c.readings and c.readings[0].fact == code for c in columns)


def _about_organisations(columns: list[Column]) -> bool:
    marks = sum(
        _has(columns, code) for code in ("org_uscc", "legal_person", "scope", "org_address", "staff_number")
    )
    named = any(column.may_mean("org_name") for column in columns)
    persons = _has(columns, "name") and any(
        _has(columns, code) for code in ("id_no", "sex", "birth", "relation")
    )
    return not persons and (marks >= 2 or (marks >= 1 and named))


def _read_as_organisations(columns: list[Column]) -> None:
    turned = {
        "employer": "org_name",
        "phone": "org_phone",
        "phone2": "org_phone",
        "residence": "org_address",
        "work_address": "org_address",
        "name": "legal_person",
        "employer_uscc": "org_uscc",
    }
    for column in columns:
        if column.open and column.readings and (code := turned.get(column.readings[0].fact)):
            first = column.readings[0]
            column.prefer(code, first.score, first.reason)


def _read_without_persons(columns: list[Column]) -> None:
    """No column of names: the people are the heads; else the phone is the owner's or renter's."""
    role = next((r for r in ("renter_name", "owner_name") if _has(columns, r)), "")
    if not role and _has(columns, "head_name"):
        for column in columns:
            _read_head(column)
        return
    for column in columns:
        first = column.readings[0].fact if column.open and column.readings else ""
        if role and first == "phone":
            column.prefer(_ROLE_PHONES[role], 0.85)
        elif role and first == "id_no":
            column.prefer(_ROLE_IDS[role], 0.85)


def _read_head(column: Column) -> None:
    turned = {"head_name": "name", "head_id_no": "id_no"}
    if column.open and column.readings and (code := turned.get(column.readings[0].fact)):
        column.prefer(code, 0.85)
    elif column.open and column.leaf.startswith("户主") and column.looks.phones >= 0.5:
        column.prefer("phone", 0.85, "contains")


def _by_codes(column: Column) -> None:
    """ "户口类型" may hold 农业/非农 or 户籍/流动: the values say which."""
    first = column.readings[0].fact if column.open and column.readings else ""
    for lead, *others in _FAMILIES:
        if lead != first or not column.looks.texts:
            continue
        hits = {code: column.looks.hits(code) for code in (lead, *others)}
        best = max(others, key=lambda code: hits[code])
        if hits[lead] < 0.5 and hits[best] >= 0.8:
            column.prefer(best, 0.8, "values")
        return


def _by_look(column: Column) -> None:
    """A header contradicted by its values is asked; a missing or unknown one may be told by them."""
    looks = column.looks
    if not column.open or not looks.texts:
        return
    first = column.readings[0].fact if column.readings else ""
    told, named = guess(looks), bool(column.leaf) and not _UNNAMED.match(column.leaf)
    if not first and told:
        column.readings = [Candidate(told[0], told[1], "values", ask=named or told[1] < 0.6)]
    elif (first == "id_no" and looks.phones >= 0.8) or (first in _PHONES and looks.ids >= 0.8):
        column.prefer("phone" if first == "id_no" else "id_no", 0.6, "values", ask=True)
    elif first == "birth" and looks.share(_AGE) >= 0.9:
        column.prefer("age", 0.75, "values")
    elif first == "age" and looks.dates >= 0.8:
        column.prefer("birth", 0.75, "values")
    elif first == "hukou_address" and column.leaf in _BARE_HUKOU and looks.regions >= 0.8:
        column.prefer("hukou_region", 0.85, "values")
    elif (
        first == "employer"
        and column.leaf == "单位"
        and looks.texts
        and looks.rooms + looks.share(_GATE) >= 0.8
    ):
        column.prefer("unit", 0.7, "values", ask=True)
    elif first == "id_no" and looks.codes >= 0.8:
        column.prefer("org_uscc", 0.8, "values")
    elif first == "id_no" and looks.share(_COUNTER) >= 0.9:
        column.prefer("serial", 0.8, "values")


def _neighbours(columns: list[Column]) -> None:
    """房东 | 电话: where another phone is the resident's, the one right of the owner is the owner's."""
    for base, roles in (("phone", _ROLE_PHONES), ("id_no", _ROLE_IDS)):
        same = [c for c in columns if c.open and c.readings and c.readings[0].fact == base]
        for column in same if len(same) > 1 else []:
            left = columns[column.index - 1] if column.index else None
            beside = left.readings[0].fact if left and left.open and left.readings else ""
            if beside in roles:
                column.prefer(roles[beside], 0.75, ask=True)


def _doors(column: Column, columns: list[Column]) -> None:
    first = column.readings[0].fact if column.open and column.readings else ""
    if column.leaf in ("户号", "户室号"):
        _household_or_room(column, columns)
    elif (
        first == "room_no"
        and column.leaf in ("门牌", "门号", "门牌号", "房屋", "房屋编号")
        and (column.looks.streets >= 0.8 and column.looks.rooms < 0.2)
    ):
        column.prefer("residence", 0.7, "values", ask=_has(columns, "residence"))
    elif first == "residence" and column.looks.rooms >= 0.9:
        column.prefer("room_no", 0.6, "values", ask=True)
    elif column.leaf in ("登记日期", "登记时间") and first == "arrive_date":
        column.prefer("arrive_date", 0.6, "exact", ask=True)
    elif first == "residence" and column.leaf in _GENERIC_ADDRESS:
        score = 0.9 if not _doubled(column, columns) else 0.85
        column.prefer("residence", score, column.readings[0].reason)


def _doubled(column: Column, columns: list[Column]) -> bool:
    return any(
        other is not column and other.open and other.readings and other.readings[0].fact == "residence"
        for other in columns
    )


def _household_or_room(column: Column, columns: list[Column]) -> None:
    others = [c for c in columns if c is not column]
    if _has(others, "room_no"):
        column.prefer("household_no", 0.9, "exact")
    elif _has(others, "household_no"):
        column.prefer("room_no", 0.85, "exact")
    elif column.looks.rooms >= 0.9 and (_has(others, "building") or _has(others, "unit")):
        column.prefer("room_no", 0.7, "values", ask=True)
    else:
        column.prefer("household_no", 0.7, "exact", ask=True)
