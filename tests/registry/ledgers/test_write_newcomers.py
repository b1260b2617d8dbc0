"""New people written column by column are the people that row by row would have made."""

from __future__ import annotations

from typing import Any

import pytest

from wangge.registry.ledgers import actions
from wangge.registry.ledgers.pipeline import running
from wangge.registry.people.models import Contradiction, Person, Tie

from .import_cast import HEADERS, XIAO, ZHANG, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
MORE = (
    *HEADERS,
    "来本地日期",
    "离开日期",
    "人口类型",
    "工作单位",
    "备用电话",
    "曾用名",
    "居住方式",
    "户籍地",
)


SAID = (
    "kind", "area_code", "relation", "way", "reason", "valid_from", "valid_to", "planned_until", "source",
    "confirmed_at",
)  # fmt: skip


def line(name: str, **facts: str) -> list[str]:
    facts.setdefault("现住址", "丰雅花园3栋2单元501")
    return [name, *[facts.get(header, "") for header in MORE[1:]]]


ROWS = [
    line(
        "张三", 身份证号=ZHANG, 联系电话="10012345678", 与户主关系="户主", 人口类型="户籍人口", 曾用名="张叁"
    ),
    line("张小", 身份证号=XIAO, 与户主关系="子", 户籍地="440703", 工作单位='"好日子"\\商行'),
    line(
        "李四", 出生日期="1981-03-04", 联系电话="10012345679", 来本地日期="2024-05-01", 离开日期="2023-05-01"
    ),
    line("王五", 联系电话="10012345680", 来本地日期="2020-05-01", 离开日期="2023-05-01", 居住方式="租赁"),
    line("赵六", 出生日期="1990-01-01", 现住址="某处", 备用电话="10012345681", 户籍地="广西南宁"),
    line("张三", 身份证号=ZHANG, 文化程度="本科"),
    line("钱七", 现住址="", 户籍地址="广东省江门市蓬江区建设路1号"),
]


def written() -> dict[str, Any]:
    """Everything the register holds, without keys and moments, by person."""
    hidden = {"id", "id_sealed", "phone_sealed", "phone2_sealed", "created_at", "updated_at"}
    people: dict[str, Any] = {}
    for person in Person.objects.all():
        facts = {
            f.name: getattr(person, f.name) for f in person._meta.concrete_fields if f.name not in hidden
        }
        ties = [
            (str(tie.room), bool(tie.household_id), *[getattr(tie, fact) for fact in SAID])
            for tie in Tie.objects.filter(person=person)
        ]
        numbers = (person.id_no, person.phone, person.phone2)
        people[person.name] = facts | {"numbers": numbers, "ties": sorted(ties, key=str)}
    return people


def written_anew(rows: Any) -> Any:
    """The import, whatever it would ask about the columns."""
    batch = actions.choose_mapping(actor="test", batch=received(rows, headers=MORE), answers={})
    return actions.commit_batch(actor="test", batch=batch)


def test_both_ways_make_the_same_people(monkeypatch: pytest.MonkeyPatch) -> None:
    by_column = written_anew(ROWS)
    first = written()
    assert set(first) == {"张三", "张小", "李四", "王五", "赵六", "钱七"}
    for model in (Contradiction, Tie, Person):
        model.objects.all().delete()
    monkeypatch.setattr(running, "plain_rows", lambda file, rows, prefix: [])
    by_row = written_anew([*ROWS, line("")])  # other bytes, so another batch
    second = written()
    assert {k: v for k, v in by_row.counts.items() if k != "error"} == {
        k: v for k, v in by_column.counts.items() if k != "error"
    }
    assert second == first


def test_quotes_and_backslashes_survive() -> None:
    written_anew(ROWS)
    assert Person.objects.get(name="张小").facts["employer"] == '"好日子"\\商行'
