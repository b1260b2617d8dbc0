"""An import is no way to ask the register about people elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests import cast
from tests.registry.ledgers import ledger_cast as people
from tests.registry.ledgers.import_cast import imported, planned, row
from wangge.lib.identifiers import make_demo_id
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.ledgers.models import Case
from wangge.registry.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
ID, PHONE = make_demo_id("999703", date(1977, 7, 7), 7), "10077777777"
SECRETS = ("鹤山虚构镇", "虚构中学", "欧阳长辈", "20", "无人知道的厂")


@pytest.fixture
def outsider() -> Person:
    with within(EVERYWHERE):
        made = people.a_person(
            "欧阳别处", id_no=ID, phone=PHONE, birth=date(1977, 7, 7), education="20", school="虚构中学",
            hukou_address="鹤山虚构镇1号", guardian="欧阳长辈", facts={"employer": "无人知道的厂"},
        )  # fmt: skip
        people.lives(made, cast.OTHER_GRID)
        return made


@pytest.fixture
def bare(outsider: Person) -> Person:
    """The same without an id number: found by name and phone, and asked."""
    with within(EVERYWHERE):
        Person.objects.filter(pk=outsider.pk).update(id_sealed="", id_index=None, birth=None)
    return outsider


PROBE = row("欧阳别处", 身份证号=ID, 联系电话="10011111111", 文化程度="小学", 户籍地址="别的地方9号")


def shown(client, batch) -> str:
    return client.get(reverse("ledgers:plan", args=[batch.pk])).content.decode()


def test_a_dry_run_does_not_read_out_somebody_elsewhere(logged_in, outsider):
    with within(EVERYWHERE):
        batch = planned([PROBE])
    said = shown(logged_in(cast.secretary()), batch)
    assert "●●●" in said
    for secret in (*SECRETS[:3], "本科", "大学", "鹤山", ID, PHONE):
        assert secret not in said, secret
    assert f"/people/{outsider.pk}/" not in said


def test_whoever_may_see_both_areas_sees_what_changes(logged_in, outsider):
    with within(EVERYWHERE):
        batch = planned([PROBE])
    assert "小学" in shown(logged_in(cast.district_user()), batch)
    assert '<s class="text-secondary">●●●</s> → <strong>小学' not in shown(
        logged_in(cast.district_user()), batch
    )


class TestPairs:
    @pytest.fixture
    def case(self, bare) -> Case:
        with within(EVERYWHERE):
            imported([row("欧阳别处", 联系电话=PHONE, 与户主关系="户主")])
            return Case.objects.get(person=bare)

    def test_a_pair_across_a_border_is_not_for_one_side(self, case, logged_in):
        here, there = logged_in(cast.secretary()), logged_in(cast.secretary(cast.OTHER_COMMUNITY))
        for client in (here, there):
            assert client.get(reverse("ledgers:adjudication", args=[case.pk])).status_code == 404
            answer = client.post(reverse("ledgers:settle", args=[case.pk]), {"same": "yes"})
            assert answer.status_code == 404
            client.post(reverse("ledgers:settle_many"), {"same": "no", "case": [case.pk]})
            assert "欧阳别处" not in client.get(reverse("ledgers:adjudications")).content.decode()
        case.refresh_from_db()
        assert case.state == "open"

    def test_the_result_says_that_somebody_above_decides(self, case, logged_in):
        page = logged_in(cast.secretary()).get(reverse("ledgers:import", args=[case.batch_id]))
        assert "另有 1 对" in page.content.decode()

    def test_the_level_above_decides(self, case, logged_in):
        above = logged_in(cast.district_user())
        assert "欧阳别处" in above.get(reverse("ledgers:adjudications")).content.decode()
        assert above.get(reverse("ledgers:adjudication", args=[case.pk])).status_code == 200
        above.post(reverse("ledgers:settle", args=[case.pk]), {"same": "yes"})
        case.refresh_from_db()
        assert case.state == "same"


def test_a_pair_of_ones_own_people_is_ones_own(logged_in):
    with within(EVERYWHERE):
        mine = people.a_person("司马此处", id_no="", phone=PHONE, birth=None)
        people.lives(mine, cast.GRID)
        imported([row("司马此处", 联系电话=PHONE, 与户主关系="户主")])
        case = Case.objects.get(person=mine)
    assert logged_in(cast.secretary()).get(reverse("ledgers:adjudication", args=[case.pk])).status_code == 200
