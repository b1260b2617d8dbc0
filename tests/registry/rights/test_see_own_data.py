"""What is held, from where, who looked and why; her copy; her child's."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from tests import cast
from tests.registry.ledgers import ledger_cast as people
from tests.registry.rights.rights_cast import (
    PHONE,
    a_household,
    a_resident,
    come_in,
    no_waiting,
    tail_of,
    years_ago,
)
from tests.systems.declarations.declared_cast import a_declaration
from wangge.foundation.access import actions as access
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.enums import Source
from wangge.registry.rights import sections

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "no_waiting")]
__all__ = ["no_waiting"]


@pytest.fixture
def person():
    return a_resident(source=Source.VISIT, confirmed_at="2026-03-04", school="示范小学")


@pytest.fixture
def hers(client, person, settings):
    come_in(client, PHONE, tail_of(person), settings)
    return client


def test_every_fact_with_its_source_and_day(hers):
    said = hers.get(reverse("my:info")).content.decode()
    for word in ("示范小学", "来源：网格员上门", "2026-03-04 确认", "居住", "甲一网格"):
        assert word in said


def test_who_looked_by_role_and_unit_not_by_name(hers, person):
    worker, program_name = cast.worker(), "区示范局"
    with within(EVERYWHERE):
        access.note_reading(actor=worker, subject=person)
        access.reveal(actor=cast.officer(), subject=person, field="phone", reason="电话回访")
    said = hers.get(reverse("my:info")).content.decode()
    for word in ("网格员 · 甲一网格", "镇街干部 · 甲街道", "查看完整信息", "联系电话", "理由：电话回访"):
        assert word in said
    assert worker.name not in said and worker.username not in said and program_name not in said


def test_a_program_that_read_her_declaration_is_named_by_its_unit(hers, person):
    from tests.foundation.clients.clients_cast import calling, program

    declared = a_declaration(person=person, id_index=person.id_index)
    calling(program(cast.TOWN)[1]).get(f"/api/v1/declarations/{declared.receipt}")
    said = hers.get(reverse("my:info")).content.decode()
    assert "区示范局 的系统" in said and declared.receipt in said


def test_others_declarations_are_not_hers(hers):
    other = a_declaration()
    assert other.receipt not in hers.get(reverse("my:info")).content.decode()


def test_who_lives_with_her_stays_masked(hers, person):
    a_household(person, a_resident("司徒同住", "10022220002"))
    said = hers.get(reverse("my:info")).content.decode()
    assert "司**住" in said and "司徒同住" not in said


def test_her_copy_holds_the_values_in_full_and_is_written_down(hers, person):
    answer = hers.post(reverse("my:copy"))
    told = json.loads(answer.content)
    values = [line["value"] for section in told["sections"] for line in section["lines"]]
    assert PHONE in values and person.id_no in values
    assert "attachment" in answer["Content-Disposition"] and "欧阳" not in answer["Content-Disposition"]
    assert Entry._base_manager.filter(kind="rights.copied", subject_id=str(person.pk)).count() == 1
    assert hers.get(reverse("my:copy")).status_code == 405


def test_the_paper_is_masked_like_the_screen(hers, person):
    said = hers.get(reverse("my:paper")).content.decode()
    assert "欧阳明明" in said and PHONE not in said and person.id_no not in said


def test_a_system_that_registers_is_asked(hers, monkeypatch):
    monkeypatch.setattr(sections, "_providers", dict(sections._providers))
    held = sections.Section("志愿服务", "为什么", (sections.Line("时数", "12"),))
    sections.register("volunteering", lambda person: held)
    assert "志愿服务" in hers.get(reverse("my:info")).content.decode()


class TestChildren:
    @pytest.fixture
    def child(self, person):
        made = a_resident("欧阳小小", "", birth=years_ago(9))
        a_household(person, made)
        return made

    def test_the_head_of_the_household_sees_and_asks_for_the_child(self, hers, child):
        assert "欧阳小小" in hers.get(reverse("my:info")).content.decode()
        for name in ("child", "child_paper", "child_ask"):
            assert "欧阳小小" in hers.get(reverse(f"my:{name}", args=[child.pk])).content.decode()
        assert hers.post(reverse("my:child_copy", args=[child.pk])).status_code == 200
        assert Entry._base_manager.get(kind="rights.copied").data == {"by_guardian": True}

    def test_the_named_guardian_who_is_not_the_head(self, client, child, settings):
        from wangge.registry.people.models import Person

        mother = a_resident("司马某", "10022220003")
        a_household(a_resident("甲户主", "10022220004"), mother, child)
        come_in(client, "10022220003", tail_of(mother), settings)
        address = reverse("my:child", args=[child.pk])
        assert client.get(address).status_code == 404
        Person._base_manager.filter(pk=child.pk).update(guardian="司马某")
        assert client.get(address).status_code == 200

    def test_at_fourteen_it_is_her_own(self, hers, child):
        from wangge.registry.people.models import Person

        Person._base_manager.filter(pk=child.pk).update(birth=years_ago(15))
        assert hers.get(reverse("my:child", args=[child.pk])).status_code == 404

    @pytest.mark.parametrize("name", ["child", "child_paper", "child_ask"])
    def test_somebody_elses_child_does_not_exist(self, hers, name):
        other = a_resident("别家孩子", "", birth=years_ago(9))
        assert hers.get(reverse(f"my:{name}", args=[other.pk])).status_code == 404
        assert hers.post(reverse("my:child_copy", args=[other.pk])).status_code == 404


def test_a_household_of_years_ago_makes_no_guardian(hers, person):
    child = a_resident("欧阳小小", "", birth=years_ago(9))
    a_household(person, child)
    with within(EVERYWHERE):
        person.ties.filter(kind="lives").update(valid_to=people.ago(1))
    assert hers.get(reverse("my:child", args=[child.pk])).status_code == 404
