"""What each column of a table means: known, computed, to be asked, or new."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wangge.registry.ledgers.dictionary import exact, facts, normal_header
from wangge.registry.ledgers.mapping import ColumnProposal, memory_key, propose
from wangge.registry.ledgers.mapping.headers import readings
from wangge.registry.ledgers.mapping.roles import role_of

from ..enums import ColumnState, Unit
from ..meanings import parse
from ..meanings.meaning import BLANK
from . import blocks, words
from .finding import Found

_IN_TABLES_OF_PEOPLE = {
    "org_name": "employer", "org_uscc": "employer_uscc", "org_address": "work_address",
}  # fmt: skip
_OF_BUILDINGS = {"rooms", "households", "rooms_let", "rooms_empty", "floors"}
_OF_A_PERSON = {"id_no", "sex", "birth", "age", "relation", "education", "marriage"}
_TOTALS = {"合计", "总计", "小计", "总数", "人数", "数量", "总人数", "计"}
# Another's, or another time's: the rest of the header does not say what it seems to.
_OTHERS = re.compile(
    r"^(?:拟|原|曾|前|旧|计划|意向|期望|应|缺|新增|英文|外文|配偶|爱人|丈夫|妻子|父亲?|母亲?|父母|子女|儿子|女儿|"
    r"亲属|家属|联系人|推荐人?|介绍人?|对方|本市外|其他|选民|残疾|低保|驾驶|会员|老年|优待|结婚|房产|不动产|社保|"
    r"医保|党员|退役|工作|居住|犬主|车主|机主|楼长|栋长|组长|队长|网格长|志愿者)"
)
# Facts that are numbers in a table of households or buildings: 常住人口.
_COUNTABLE = {"is_resident"}
# What a table of buildings or firms may hold: of its people only how many.
_BOTH = {"community", "grid", "serial", "remark"}
_OF_PLACES = _BOTH | {"building", "unit", "floor", "room_no", "estate", "residence", "room_use", "room_state"}
_OF_PLACES |= {"room_area"}
_OF_FIRMS = _BOTH | {
    "org_name",
    "org_uscc",
    "legal_person",
    "org_phone",
    "org_address",
    "staff_number",
    "scope",
}
_NEVER = {"religion", "politics", "income", "health", "epidemic", "justice", "score", "track", "relative"}


@dataclass(frozen=True)
class Answer:
    """What was found for one column. meaning: "" = stays empty; sure: 0..1; why: in Chinese, for people."""

    column: int
    header: str
    state: ColumnState
    meaning: str
    sure: float
    why: str
    offers: tuple[str, ...] = field(default=())


def recognise(
    found: Found,
    unit: str = "",
    memory: Mapping[str, str] | None = None,
    facts_memory: Mapping[str, str] | None = None,
) -> tuple[str, list[Answer]]:
    """The unit of the table's rows and the meaning of each of its columns.

    Args:
        unit: as chosen; "" = guess it. memory: header → meaning as answered before for tables; facts_memory:
        header → fact as answered before for imports.
    """
    inside = blocks.members(found.columns)
    proposals = proposals_of(found, inside, facts_memory or {})
    unit = unit or guess_unit(found, bool(inside), proposals)
    own_head = blocks.has_own_head(found.columns, inside)
    made = []
    for column in sorted(found.columns):
        header = found.columns[column]
        known = (memory or {}).get(memory_key(header))
        if known is not None:
            made.append(_remembered(column, header, known))
        elif column in inside:
            number, leaf = inside[column]
            made.append(_of_member(column, header, leaf, number + (1 if own_head else 0)))
        else:
            made.append(_own(found, column, header, unit, proposals.get(column)))
    return unit, made


def proposals_of(
    found: Found, inside: Mapping[int, tuple[int, str]], memory: Mapping[str, str]
) -> dict[int, ColumnProposal]:
    """What the importer's mapping says of all columns that belong to no member."""
    order = [column for column in sorted(found.columns) if column not in inside]
    answers = propose([found.columns[column] for column in order], [], {k: v for k, v in memory.items() if v})
    return dict(zip(order, answers, strict=True))


def guess_unit(found: Found, households: bool, proposals: Mapping[int, ColumnProposal]) -> str:
    """What one row stands for, by the columns."""
    held = {p.fact for p in proposals.values() if p.fact}
    computed = {words.derived(text.split("/")[-1], "building") for text in found.columns.values()}
    people = held & {"name", "id_no"} and not _headed(found)
    if (
        not people
        and held & {"org_name", "org_uscc", "legal_person"}
        and not held & {"head_name", "owner_name"}
    ):
        return Unit.ORGANISATION
    if households:
        return Unit.HOUSEHOLD
    if people and "household_size" in computed and not held & _OF_A_PERSON:
        return Unit.HOUSEHOLD  # 住户姓名, 家庭人口 and nothing that one person has
    if people:
        return Unit.PERSON
    if held & {"head_name"} or _headed(found):
        return Unit.HOUSEHOLD
    if computed & _OF_BUILDINGS and not held & {"room_no", "owner_name", "renter_name"}:
        return Unit.BUILDING
    if held & {"owner_name", "renter_name", "room_state", "room_no", "room_use", "room_area"}:
        return Unit.ROOM
    return Unit.HOUSEHOLD if "household_size" in computed else Unit.PERSON


_AREAS = {"community", "grid", "town", "district"}
_NUMBERS = {"household_size", "households", "people", "rooms", "rooms_let", "rooms_empty", "staff_number"}
_ASIDE = {"serial", "remark", "formula", BLANK, ""}


def tallies(answers: Sequence[Answer]) -> bool:
    """Whether a row can only be an area: the table names areas, counts what is in them, and nothing else."""
    said = {answer.meaning for answer in answers} - _ASIDE
    counts = {meaning for meaning in said if meaning in _NUMBERS or meaning.startswith("count:")}
    return bool(said & _AREAS and counts and said <= _AREAS | counts)


def _headed(found: Found) -> bool:
    """The only people of the table are heads, and nobody's relation to them is asked."""
    leaves = [normal_header(text.replace("/", "")) for text in found.columns.values()]
    heads = any("head_name" in exact(leaf) or leaf.startswith("户主姓名") for leaf in leaves)
    others = any(set(exact(leaf)) & {"name", "relation"} for leaf in leaves)
    return heads and not others


def _remembered(column: int, header: str, meaning: str) -> Answer:
    if not meaning:
        return Answer(column, header, ColumnState.DERIVABLE, BLANK, 1.0, "本单位上次选择了留空")
    return _answer(column, header, meaning, 1.0, "上次这样选")


def _answer(
    column: int, header: str, meaning: str, sure: float, why: str, offers: Sequence[str] = ()
) -> Answer:
    made = parse(meaning)
    state = ColumnState.DERIVABLE if made.derivable else ColumnState.KNOWN
    return Answer(column, header, state, meaning, round(sure, 2), why, tuple(offers))


def _of_member(column: int, header: str, leaf: str, number: int) -> Answer:
    meaning = (
        words.derived(leaf, Unit.PERSON) or words.marked(leaf, "", Unit.PERSON) if not exact(leaf) else ""
    )
    if not meaning:
        found = readings(leaf)
        meaning = _as_person(found[0].fact) if found and not found[0].ask else ""
    if not meaning or meaning in ("serial", "blank"):
        return _new(column, header, "登记册没有这一项")
    return _answer(column, header, f"member:{number}:{meaning}", 0.95, f"第 {number} 名家庭成员")


def _as_person(fact: str) -> str:
    return _IN_TABLES_OF_PEOPLE.get(fact, fact)


def _own(found: Found, column: int, header: str, unit: str, proposal: ColumnProposal | None) -> Answer:
    group, _, leaf = header.rpartition("/")
    if found.room and found.page.formula_at(found.first, column):
        return _answer(column, header, "formula", 1.0, "表里有公式，照原样往下填")
    if words.asks(leaf) and (mark := words.marked(leaf, group, unit)):
        return _answer(column, header, mark, 0.95, "按条件打勾")
    if coded := (words.coded_by(group, leaf) if group else ""):
        meaning = coded if unit == Unit.PERSON else coded.replace("mark:", _counting(coded), 1)
        return _answer(column, header, meaning, 0.95, "按“所属大类”的选项打勾")
    said = _said_by(header)
    if not said and (fact := words.either(leaf)):
        return _answer(column, header, fact, 0.9, "按表头列出的选项")
    if (computed := _computed(group, leaf, unit)) and not said:
        return _answer(column, header, computed, 0.95, "可以算出")
    counted = words.marked(leaf, group, unit) if unit != Unit.ORGANISATION else ""
    if counted and (not said or (unit != Unit.PERSON and set(exact(normal_header(leaf))) <= _COUNTABLE)):
        return _answer(
            column, header, counted, 0.9, "按条件计数" if counted.startswith("count") else "按条件打勾"
        )
    if proposal is None:
        return _new(column, header, "登记册没有这一项")
    return _proposed(column, header, unit, proposal)


def _computed(group: str, leaf: str, unit: str) -> str:
    """户主/联系电话 is the head's own phone; everything else is told by its last row."""
    if role_of(normal_header(group.rpartition("/")[2])) == "head" and (
        own := words.derived(f"户主{leaf}", unit)
    ):
        return own
    if normal_header(leaf) in _TOTALS and group:
        return words.derived(group.rpartition("/")[2], unit)
    return words.derived(leaf, unit)


def _counting(mark: str) -> str:
    """Sex below a group is counted in a table of households; how they live is their home's."""
    return (
        "count:"
        if any(name in mark for name in ("is:sex", "is:education", "is:marriage", "is:employ"))
        else "mark:"
    )


def _said_by(header: str) -> bool:
    """Whether the dictionary itself knows the header."""
    leaf = normal_header(header.split("/")[-1])
    if role_of(normal_header(header.rpartition("/")[0].rpartition("/")[2])) == "head":
        return bool(exact(f"户主{leaf}"))
    return bool(exact(leaf)) and leaf not in ("人口数", "人数", "镇", "区")


def _proposed(column: int, header: str, unit: str, proposal: ColumnProposal) -> Answer:
    fact, sure, ask, reason = proposal.fact, proposal.score, proposal.ask, proposal.reason
    if proposal.dropped_code == "duplicate" or (fact is not None and proposal.ask):
        # In a table to be filled two columns may well hold the same fact: nothing contradicts.
        first = next(iter(readings(header)), None)
        if first is not None and not first.ask and not _doubtful(header):
            fact, sure, ask, reason = first.fact, first.score, False, first.reason
    if reason == "contains" and fact and _OTHERS.match(normal_header(header.split("/")[-1])):
        fact = None if facts()[fact].kind in ("id_no", "name") or not _harmless(header) else fact
    allowed = {Unit.BUILDING: _OF_PLACES, Unit.ORGANISATION: _OF_FIRMS}.get(Unit(unit))
    if fact is not None and allowed is not None and fact not in allowed:
        fact = None
    if fact is not None and ask and reason in ("fuzzy", "pinyin"):
        offers = (fact, *proposal.alternatives)
        return Answer(column, header, ColumnState.NEW, "", 0.0, "登记册没有这一项", offers)
    if fact is None:
        why = proposal.dropped_reason if proposal.dropped_code in _NEVER else "登记册没有这一项，需要先准入"
        return _new(column, header, why.replace("不导入", "不提供"))
    meaning = fact if unit == Unit.ORGANISATION else _as_person(fact)
    if ask:
        offers = tuple(dict.fromkeys([meaning, *proposal.alternatives]))
        return Answer(
            column, header, ColumnState.ASKED, meaning, round(sure, 2), "有几种可能，请确认", offers
        )
    reasons = {
        "exact": "名称相同",
        "contains": "名称包含",
        "fuzzy": "名称相近",
        "pinyin": "读音相同",
        "remembered": "上次这样选",
    }
    return _answer(column, header, meaning, sure, reasons.get(reason, "名称相同"), proposal.alternatives)


def _harmless(header: str) -> bool:
    """工作 and 居住 before a word of the dictionary say no more than it does itself."""
    return normal_header(header.split("/")[-1]).startswith(("工作", "居住"))


def _doubtful(header: str) -> bool:
    """Words that mean one thing in one table and another in the next."""
    return normal_header(header.split("/")[-1]) in ("户号", "户室号", "登记日期", "登记时间", "单位")


def _new(column: int, header: str, why: str) -> Answer:
    return Answer(column, header, ColumnState.NEW, "", 0.0, why)


def fact_names() -> list[tuple[str, str]]:
    """Every fact a column may be given, by name."""
    return [(code, fact.name) for code, fact in facts().items()]
