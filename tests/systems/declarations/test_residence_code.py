"""粤居码: the status stays one fact, marks are dated, the clock goes by working days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.declarations.verify_cast import a_declaration, a_room, somebody
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.models import CalendarDay
from wangge.lib.counting import shares_by_area
from wangge.lib.figures import Share
from wangge.registry.ledgers.dictionary import code_lists
from wangge.registry.people.actions import update_person
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Person
from wangge.registry.people.rules import Declined
from wangge.systems.declarations.actions.residence import mark_code
from wangge.systems.declarations.enums import CodeStatus
from wangge.systems.declarations.models import ResidenceCode
from wangge.systems.declarations.queries import residence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
LIST = "/console/declarations/residence/"


def newcomer(name: str, on: date | None = None, status: str = "", hukou: str = "430100") -> Person:
    """A person from elsewhere whose home here began on a day."""
    facts = {"residence_code_status": status} if status else {}
    return somebody(name, room=a_room(name), hukou_region=hukou, on=on or timezone.localdate(), **facts)


def people(rows) -> set[str]:
    return set(rows.values_list("person__name", flat=True))


def rate(area: str = "") -> Share:
    return shares_by_area([residence.RATE], residence.now_only(), area, 12)[0][""]


def test_the_list_of_statuses_is_the_dictionarys():
    held = {code.value: code.label for code in code_lists()["residence_code_status"].codes}
    assert held == {code: str(label) for code, label in CodeStatus.choices}


def test_a_mark_sets_the_one_fact_and_keeps_who_guided():
    person, worker = newcomer("欧阳新"), cast.worker()
    day = timezone.localdate() - timedelta(days=1)
    mark, _outcome = mark_code(
        actor=worker, person=person, status=CodeStatus.CONFIRMED, on=day, guided=True, address_agrees=False
    )
    person.refresh_from_db()
    assert person.residence_code_status == CodeStatus.CONFIRMED
    assert person.told_by("residence_code_status")[0] == Source.VISIT
    assert (mark.code_date, mark.guided_by, mark.address_agrees) == (day, worker.username, False)
    entry = Entry.objects.get(kind="residence_code.marked")
    assert entry.changes == {"fields": ["code_date", "guided_by", "address_agrees", "status"]}


def test_one_tap_twice_is_one_mark():
    person = newcomer("欧阳新")
    for _each in range(2):
        mark_code(actor="w1", person=person, guided=True)
    assert ResidenceCode.objects.count() == 1
    mark_code(actor="w2", person=person, guided=True)
    assert ResidenceCode.objects.count() == 2


def test_what_cannot_be_marked_says_why():
    person = newcomer("欧阳新")
    for wrong in ({}, {"status": "99"}, {"guided": True, "on": timezone.localdate() + timedelta(days=1)}):
        with pytest.raises(Declined):
            mark_code(actor="w", person=person, **wrong)


def test_the_polices_own_word_is_not_overwritten_by_a_worker():
    person = newcomer("欧阳新")
    update_person(actor="cli", person=person, facts={"residence_code_status": "8"}, source=Source.POLICE)
    _mark, outcome = mark_code(actor="w", person=person, status=CodeStatus.NONE)
    person.refresh_from_db()
    assert outcome.contradicted == ["residence_code_status"] and person.residence_code_status == "8"


def test_due_are_those_from_elsewhere_who_live_here():
    for name, hukou in (("外省人", "430100"), ("外市人", "441900"), ("本市人", "440781"), ("不知道", "")):
        newcomer(name, hukou=hukou)
    newcomer("不需要", status=CodeStatus.NOT_NEEDED)
    assert people(residence.due()) == {"外省人", "外市人"}


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 3, 11), date(2026, 3, 5)),  # Wednesday: Thursday's three days were Fri, Mon, Tue
        (date(2026, 3, 16), date(2026, 3, 10)),  # Monday: Tuesday's ended on Friday
        (date(2026, 3, 9), date(2026, 3, 3)),  # Monday: Tuesday's ended on Friday
    ],
)
def test_the_clock_runs_on_working_days(today, last):
    assert residence.last_day_overdue(today) == last


def test_a_holiday_stops_the_clock():
    CalendarDay.objects.create(date=date(2026, 3, 10), kind="holiday")
    assert residence.last_day_overdue(date(2026, 3, 11)) == date(2026, 3, 4)


def test_late_are_those_without_a_confirmed_code_after_the_days():
    today, long_ago = timezone.localdate(), timezone.localdate() - timedelta(days=30)
    newcomer("来得早", on=long_ago)
    newcomer("有码的", on=long_ago, status=CodeStatus.CONFIRMED)
    newcomer("刚来的", on=today)
    newcomer("住了多年", on=today - timedelta(days=2_000))
    assert people(residence.overdue()) == {"来得早"}
    assert people(residence.in_time()) == {"刚来的"}
    late = residence.lines_of(residence.overdue().select_related("person", "room__building"))[0]
    assert late.late and late.due_on and late.due_on < today


def test_after_183_days_the_permit_may_be_applied_for():
    today = timezone.localdate()
    newcomer("半年整", on=today - timedelta(days=183), status=CodeStatus.CONFIRMED)
    newcomer("差一天", on=today - timedelta(days=182))
    newcomer("已领证", on=today - timedelta(days=400), status=CodeStatus.PERMIT)
    assert people(residence.may_get_permit()) == {"半年整"}


def test_declared_long_ago_and_in_nobodys_register():
    past = timezone.now() - timedelta(days=20)
    late = a_declaration("令狐晚", received_at=past)
    a_declaration("令狐早")
    a_declaration("令狐访", received_at=past, kind="visiting")
    a_declaration("令狐册", received_at=past, person=newcomer("令狐册"))
    assert list(residence.unregistered()) == [late]


def test_the_rate_is_confirmed_by_due():
    """Five are due, two of them confirmed or with the permit."""
    assert str(rate()) == "—"
    for name, status in (("甲", "7"), ("乙", "8"), ("丙", "1"), ("丁", ""), ("戊", "9")):
        newcomer(f"欧阳{name}", status=status)
    assert (rate(), str(rate())) == (Share(2, 5), "40.00%")
    assert rate(cast.OTHER_COMMUNITY) == Share(0, 0)


def test_the_page_counts_its_rows_and_one_tap_marks(logged_in):
    desk = logged_in(cast.worker())
    person = newcomer("欧阳新", on=timezone.localdate() - timedelta(days=30))
    shown = desk.get(LIST).content.decode()
    assert "欧阳新" in shown and "粤居码由公安发放" in shown and "请不要保存或上传二维码" in shown
    address = f"{LIST}{person.pk}/mark/?view=overdue"
    said = desk.post(address, {"guided": "on"}, follow=True).content.decode()
    assert "已标记" in said and "指导过" in said
    said = desk.post(address, {"status": "7", "agrees": "yes"}, follow=True).content.decode()
    assert "欧阳新" not in said.split('class="code-lines"')[-1] or "这里没有人" in said
    assert "欧阳新" in desk.get(f"{LIST}?view=confirmed").content.decode()
    assert "请检查状态" in desk.post(address, {"status": "99"}, follow=True).content.decode()
    assert "请选择状态" in desk.post(address, {}, follow=True).content.decode()


def test_every_number_of_the_rate_opens_as_many_rows(logged_in):
    import re

    desk = logged_in(cast.officer())
    newcomer("欧阳甲", status="7")
    newcomer("欧阳乙")
    shown = desk.get(f"{LIST}rates/").content.decode()
    links = re.findall(r'<a href="(/console/declarations/residence/rates/[^"]+)">(\d+)</a>', shown)
    assert len(links) == 4 and "50.00%" in shown
    for address, number in links:
        rows = desk.get(address.replace("&amp;", "&"), follow=True).content.decode()
        assert rows.count('<li class="code-line') == int(number)
