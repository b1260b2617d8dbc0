"""A ledger is written to the register: every person exactly once."""

from __future__ import annotations

import pytest

from tests.cast import COMMUNITY
from wangge.registry.ledgers import actions
from wangge.registry.ledgers.enums import BatchState
from wangge.registry.ledgers.models import Batch, Case, Row
from wangge.registry.people.models import Contradiction, Household, Person, Room, Tie

from .import_cast import FLAT, XIAO, ZHANG, books, counts, imported, planned, received, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def a_family() -> list[list[str]]:
    return [
        row("张三", 身份证号=ZHANG, 联系电话="10012345678", 与户主关系="户主", 文化程度="本科"),
        row("李四", 出生日期="1981-03-04", 联系电话="10012345679", 与户主关系="妻"),
        row("张小", 身份证号=XIAO, 与户主关系="女儿"),
    ]


def test_a_family_becomes_three_people_in_one_household() -> None:
    batch = imported(a_family())
    assert counts(batch) == {"new": 3}
    assert (batch.people_before, batch.people_after) == (0, 3)
    assert Household.objects.count() == Room.objects.count() == 1
    assert set(Tie.objects.filter(kind="lives").values_list("relation", flat=True)) == {"02", "10", "30"}


def test_what_identifies_is_sealed_and_birth_and_sex_follow_the_id() -> None:
    imported(a_family())
    zhang = Person.objects.get(name="张三")
    assert (str(zhang.birth), zhang.sex, zhang.id_no, zhang.phone) == (
        "1980-01-02",
        "1",
        ZHANG,
        "10012345678",
    )
    assert ZHANG not in zhang.id_sealed and "10012345678" not in zhang.phone_sealed


def test_the_same_file_again_is_the_same_batch_and_changes_nothing() -> None:
    first = imported(a_family())
    again = imported(a_family())
    assert again.pk == first.pk
    assert Person.objects.count() == 3


def test_the_same_people_in_another_file_are_unchanged() -> None:
    imported(a_family())
    assert counts(imported(a_family(), sheet="人口")) == {"unchanged": 3}
    assert Person.objects.count() == 3


def test_a_changed_phone_is_an_update_and_the_old_rows_of_others_stay() -> None:
    imported(a_family())
    changed = a_family()
    changed[0][4] = "10099999999"
    assert counts(imported(changed)) == {"update": 1, "unchanged": 2}
    assert Person.objects.get(name="张三").phone == "10099999999"


def test_another_name_under_the_same_id_is_a_conflict_that_overwrites_nothing() -> None:
    imported(a_family())
    assert counts(imported([row("张叁", 身份证号=ZHANG)])) == {"conflict": 1}
    assert Person.objects.filter(name="张三").count() == 1
    assert Contradiction.objects.get().field == "name"


def test_a_source_of_higher_trust_is_not_overwritten_by_a_ledger() -> None:
    imported(a_family())
    Person.objects.filter(name="张三").update(source=60)
    assert counts(imported([row("张三", 身份证号=ZHANG, 联系电话="10011111111")])) == {"conflict": 1}
    assert Person.objects.get(name="张三").phone == "10012345678"


def test_a_destroyed_id_is_refused_and_never_guessed() -> None:
    batch = imported([row("王五", 身份证号="999703199001010000"), row("赵六", 身份证号="4.41E+17")])
    assert counts(batch) == {"error": 2}
    assert Person.objects.count() == 0


def test_one_person_twice_in_a_file_is_one_person() -> None:
    rows = a_family()
    batch = imported([*rows, rows[0], row("张三", 身份证号=ZHANG, 联系电话="10000000001")])
    assert counts(batch) == {"new": 3, "duplicate": 1, "conflict": 1}
    assert Person.objects.count() == 3


def test_without_an_id_name_birth_and_phone_find_the_person() -> None:
    imported(a_family())
    batch = imported([row("李四", 出生日期="1981-03-04", 联系电话="10012345679", 现住址="丰雅花园9栋101")])
    assert counts(batch) == {"update": 1}
    assert Person.objects.count() == 3


def test_two_different_ids_are_never_one_person() -> None:
    imported([row("张三", 身份证号=ZHANG, 联系电话="10012345678")])
    imported([row("张三", 身份证号=XIAO, 联系电话="10012345678")])
    assert Person.objects.filter(name="张三").count() == 2


def test_grandfather_and_grandson_of_one_name_in_one_flat_stay_two() -> None:
    imported([row("陈安", 出生日期="1940-01-01", 联系电话="10012345678")])
    assert counts(imported([row("陈安", 出生日期="2012-01-01", 联系电话="10012345678")])) == {"new": 1}


class TestAnUncertainPair:
    @pytest.fixture(autouse=True)
    def known(self, ground: None, everywhere: object) -> None:
        imported([row("陈安", 出生日期="1990-01-01")])

    def test_waits_beside_the_person_it_may_be(self) -> None:
        assert counts(imported([row("陈安", 文化程度="本科")])) == {"conflict": 1}
        assert Person.objects.count() == 1
        assert 0.2 < Case.objects.get().score < 0.98

    def test_joins_when_a_human_says_so(self) -> None:
        imported([row("陈安", 文化程度="本科")])
        actions.settle_case(actor="test", case=Case.objects.get(), same=True)
        assert Person.objects.get().education == "20"

    def test_becomes_a_person_when_a_human_says_not(self) -> None:
        imported([row("陈安", 文化程度="本科")])
        actions.settle_case(actor="test", case=Case.objects.get(), same=False)
        assert Person.objects.count() == 2

    @pytest.mark.parametrize("same", [True, False])
    def test_is_never_asked_twice(self, same: bool) -> None:
        imported([row("陈安", 文化程度="本科")])
        actions.settle_case(actor="test", case=Case.objects.get(), same=same)
        imported([row("陈安", 文化程度="本科"), row("林新")])
        assert Case.objects.filter(state="open").count() == 0


def test_a_dry_run_counts_like_the_import_and_writes_nothing() -> None:
    rows = [*a_family(), a_family()[0], row("王五", 身份证号="999703199001010000")]
    plan = planned(rows)
    assert Person.objects.count() == Row.objects.count() == Room.objects.count() == 0
    assert counts(actions.commit_batch(actor="test", batch=plan)) == counts(plan)


def test_staff_of_a_firm_are_people_with_work_here() -> None:
    content = books(
        {
            "企业员工": [
                ["企业名称", "姓名", "身份证号", "联系电话"],
                ["长风电器有限公司", "张三", ZHANG, "10012345678"],
            ]
        }
    )
    batch = actions.receive_file(actor="test", area_code=COMMUNITY, name="企业.xlsx", content=content)
    actions.commit_batch(actor="test", batch=batch)
    assert list(Tie.objects.values_list("kind", "organisation__name")) == [("works", "长风电器有限公司")]


def test_rows_of_another_community_are_refused_by_name() -> None:
    headers = ("姓名", "身份证号", "社区", "现住址")
    batch = imported([["张三", ZHANG, "乙一社区", FLAT]], headers=headers)
    assert counts(batch) == {"error": 1}


class TestAKillInTheMiddle:
    @pytest.fixture(autouse=True)
    def small_chunks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("wangge.registry.ledgers.actions.commit.CHUNK", 2)

    def test_goes_on_where_it_stopped(self) -> None:
        batch = received([*a_family(), a_family()[0]])

        def killed(done: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            actions.commit_batch(actor="test", batch=batch, progress=killed)
        batch.refresh_from_db()
        assert (batch.state, batch.done_rows, Person.objects.count()) == (BatchState.WRITING, 2, 2)
        assert counts(actions.commit_batch(actor="test", batch=batch)) == {"new": 3, "duplicate": 1}
        assert Person.objects.count() == 3


def test_a_chunk_that_came_to_stand_after_we_looked_is_not_written_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The last commit of a process that was killed may be on its way still when the next one looks."""
    from wangge.registry.ledgers.actions import commit

    monkeypatch.setattr(commit, "CHUNK", 2)
    looked, really = [], commit._must_stand

    def look(batch: Batch, done: int) -> None:
        really(batch, done)
        if not looked:
            Batch.objects.filter(pk=batch.pk).update(done_rows=2)
        looked.append(done)

    monkeypatch.setattr(commit, "_must_stand", look)
    batch = imported(a_family())
    assert looked == [0, 0, 2]  # given up, undone, begun again where the batch stands
    assert counts(batch) == {"new": 3}
    assert sorted(Person.objects.values_list("name", flat=True)) == ["张三", "张小", "李四"]
