"""From the readings of every header to one proposal per column; a fact is taken by at most one column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wangge.registry.ledgers.dictionary import admitted, facts, header_forms, normal_header, refusal

from .columns import Column
from .context import settle_context
from .headers import group_and_leaf, readings, refused
from .looks import Looks
from .proposals import ColumnProposal

ERROR_COLUMN = "错误说明"
_SAMPLE = 200
# What to offer beside a doubtful reading.
_KINDRED = {
    "household_no": ("room_no",), "room_no": ("household_no", "residence"),
    "residence": ("hukou_address", "work_address", "org_address"),
    "hukou_address": ("residence", "hukou_region", "native_place"),
    "employer": ("org_name", "unit", "school"),
    "org_name": ("employer",), "phone": ("phone2", "owner_phone", "renter_phone", "emergency_contact"),
    "phone2": ("phone", "owner_phone", "renter_phone", "emergency_contact"), "unit": ("employer",),
    "owner_phone": ("phone", "phone2"), "renter_phone": ("phone", "phone2"), "org_phone": ("phone", "phone2"),
    "arrive_date": ("residence_since",), "id_no": ("owner_id_no", "renter_id_no", "head_id_no"),
    "name": ("owner_name", "renter_name", "head_name"), "person_kind": ("hukou_nature", "is_resident"),
    "room_use": ("room_state", "residence_way"), "room_state": ("room_use", "residence_way"),
    "residence_way": ("room_state", "room_use"), "emergency_contact": ("phone2",),
}  # fmt: skip
_SECOND = {"phone": "phone2"}


def propose(
    columns: Sequence[str], sample_rows: Sequence[Sequence[object]], memory: Mapping[str, str] | None = None
) -> list[ColumnProposal]:
    """Propose a fact for every column.

    Args: columns as `Sheet.columns`; sample_rows as `Sheet.sample()`; memory: memory_key(column) → fact code
    as a person of this unit answered before, "" = do not import.
    """
    made = [_column(index, text, sample_rows, memory or {}) for index, text in enumerate(columns)]
    settle_context(made)
    _assign(made)
    return [_proposal(column) for column in made]


def memory_key(column: str) -> str:
    """Return the form of a header under which a unit's answer is remembered."""
    return "/".join(normal_header(part) for part in column.split("/"))


def _column(index: int, text: str, rows: Sequence[Sequence[object]], memory: Mapping[str, str]) -> Column:
    looks = Looks.of([row[index] for row in rows[:_SAMPLE] if index < len(row)])
    leaf = group_and_leaf(text)[1]
    column = Column(index, text, leaf, looks, [])
    if (known := memory.get(memory_key(text))) is not None:
        _recall(column, known)
    elif leaf == ERROR_COLUMN:
        column.drop("error_column", "是上次退回的错误说明，不导入")
    elif why := refused(text):
        column.drop(why.code, why.reason.zh)
    else:
        column.readings = list(readings(text))
        if not text and not looks.texts:
            column.drop("blank", "没有表头，也没有内容")
    return column


def _recall(column: Column, known: str) -> None:
    """What a person answered holds, unless the column may never be imported or the fact is gone."""
    why = refusal(column.leaf) if known and not readings(column.text) else None
    if why:
        column.drop(why.code, why.reason.zh)
    elif known in facts():
        column.fact, column.score, column.reason, column.remembered = known, 1.0, "remembered", True
    else:
        column.drop("forgotten", "本单位上次选择了不导入这一列")


def _assign(columns: list[Column]) -> None:
    """The surest reading of all columns takes its fact first; on a tie a column that holds something, then
    the one further left."""
    taken: set[str | None] = {column.fact for column in columns if column.fact}
    waiting = [c for c in columns if c.open and c.readings]
    for column in sorted(waiting, key=lambda c: (-c.readings[0].score, not c.looks.texts, c.index)):
        _take(column, taken, columns)


def _take(column: Column, taken: set[str | None], columns: list[Column]) -> None:
    first = column.readings[0]
    column.reason, column.score = first.reason, first.score
    rivals = [r.fact for r in column.readings[1:] if r.score >= first.score - 0.05]
    column.ask = first.ask
    if first.fact not in taken:
        column.fact = first.fact
        column.alternatives = [*rivals, *_KINDRED.get(first.fact, ())] if column.ask else rivals
        taken.add(first.fact)
        return
    _take_second(column, first.fact, taken, columns)


def _take_second(column: Column, wanted: str, taken: set[str | None], columns: list[Column]) -> None:
    """The fact is gone: another reading of the header, a second place (phone2), or a question."""
    column.ask = True
    if (free := _SECOND.get(wanted)) and free not in taken:
        column.fact, column.score, column.ask = (
            free,
            column.score * 0.9,
            column.looks.phones + column.looks.landlines < 0.5,
        )
    elif free := next((r.fact for r in column.readings[1:] if r.fact not in taken), None):
        column.fact, column.score = free, column.score * 0.7
    elif free := _told_address(column, wanted, taken):
        column.fact, column.score, column.reason = free, 0.6, "values"
    else:
        column.drop(
            "duplicate", f"与“{_holder(columns, wanted)}”列重复，没有导入；如果不是同一项，请选它是什么"
        )
    column.alternatives = [code for code in (*_KINDRED.get(wanted, ()), wanted) if code != column.fact]
    taken.add(column.fact)


def _told_address(column: Column, wanted: str, taken: set[str | None]) -> str | None:
    if wanted != "residence" or not column.looks.texts:
        return None
    if column.looks.firms >= 0.6 and "work_address" not in taken:
        return "work_address"
    distant = sum(("省" in text[:8] or "自治区" in text[:8]) for text in column.looks.texts) / len(
        column.looks.texts
    )
    return "hukou_address" if distant >= 0.5 and "hukou_address" not in taken else None


def _holder(columns: list[Column], fact: str) -> str:
    return next((column.text for column in columns if column.fact == fact), "")


def _proposal(column: Column) -> ColumnProposal:
    reason, code = column.dropped_reason, column.dropped_code
    if column.fact is None and not code:
        code, reason = _unknown(column.text)
    return ColumnProposal(
        index=column.index,
        column=column.text,
        fact=column.fact,
        score=round(column.score, 3) if column.fact else 0.0,
        reason=column.reason if column.fact else "",
        alternatives=tuple(dict.fromkeys(column.alternatives)),
        ask=column.ask,
        dropped_reason=reason,
        dropped_code=code,
    )


def _unknown(header: str) -> tuple[str, str]:
    """Why a column nobody can read is left out."""
    if not header:
        return "blank", "没有表头，看不出是什么"
    if why := admitted().declined.get(header_forms(header)[0].replace("/", "")):
        return "declined", f"区里已裁定不予准入：{why}"
    return "unknown", "事实字典里没有这一项，不导入；如确有需要，请区级管理员按用途和依据申请新增"
