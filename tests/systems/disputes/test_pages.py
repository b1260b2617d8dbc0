"""Disputes from the desk: registered, mediated, agreed on, followed up."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.engines.cases.page_cast import shown, take, upload
from tests.systems.disputes.dispute_cast import (
    ID_CHILD,
    ID_ONE,
    ONE,
    OTHER,
    a_dispute,
    a_person,
    a_session,
    followed,
    mediating,
    signed,
)
from wangge.engines.cases.models import Case
from wangge.foundation.access.models import Reading
from wangge.systems.disputes.actions.parties import stamp
from wangge.systems.disputes.models import Handler, Party, Session
from wangge.systems.disputes.queries.parties import told_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def secretary():
    return cast.secretary()


@pytest.fixture
def desk(secretary, logged_in):
    return logged_in(secretary)


def sent(**more):
    given = {
        "op": str(uuid4()), "kind": "neighbours", "level": "simple", "area": cast.GRID, "title": "",
        "words": "漏水",
        "address": "虚构小区", "people": "3", "way": "people", "body": "", "happened_on": "", "parties": "2",
        "p0-side": "applicant", "p0-who": "person", "p0-name": ONE, "p0-id_no": ID_ONE,
        "p0-phone": "10011112222",
        "p1-side": "respondent", "p1-who": "person", "p1-name": OTHER, "do": "save",
    }  # fmt: skip
    return given | more


def test_the_page_of_a_new_one_registers_it(desk):
    assert desk.get(reverse("disputes:new")).status_code == 200
    answer = desk.post(reverse("disputes:new"), sent())
    case = Case.objects.get()
    assert answer.url == reverse("cases:show", args=[case.number])
    assert case.title == "邻里关系纠纷：虚构小区" and case.dispute.people == 3


def test_sent_twice_it_is_one(desk):
    form = sent()
    for _time in range(2):
        assert desk.post(reverse("disputes:new"), form | {"looked": "1"}).status_code == 302
    assert Case.objects.count() == 1 and Party.objects.count() == 2


def test_a_like_one_is_shown_first(desk):
    desk.post(reverse("disputes:new"), sent())
    again = desk.post(reverse("disputes:new"), sent())
    assert "可能已经登记过" in again.content.decode() and Case.objects.count() == 1
    desk.post(reverse("disputes:new"), sent(looked="1"))
    assert Case.objects.count() == 2


def test_one_more_row_keeps_what_was_typed(desk):
    page = desk.post(reverse("disputes:new"), sent(do="more")).content.decode()
    assert "第 3 位当事人" in page and ONE in page and not Case.objects.exists()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"p0-id_no": "440703199001011234"}, "第 1 位"),
        ({"p1-id_no": ID_ONE}, "同一个人"),
        ({"p0-id_no": ID_CHILD}, "监护人"),
        ({"p1-name": "", "p1-who": "person"}, "被申请人"),
        ({"happened_on": "2999-01-01"}, "不能在今天以后"),
        ({"area": ""}, "invalid-feedback"),
        ({"area": cast.OTHER_GRID}, "invalid-feedback"),
        ({"title": f"{ONE}家漏水"}, "不能写当事人的姓名"),
        ({"parties": "99999999999"}, "申请人"),
    ],
    ids=["number", "twice", "child", "one-side", "future", "no-area", "elsewhere", "title", "count"],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk, more, why):
    answer = desk.post(reverse("disputes:new"), sent(**more))
    page = answer.content.decode()
    assert answer.status_code == 422 and why in page and "漏水" in page and not Case.objects.exists()


def test_somebody_is_looked_up_in_reach_chosen_and_filled_in(desk, secretary):
    person = a_person()
    page = desk.post(reverse("disputes:new"), sent(**{"p1-find": ONE, "do": "find-1"})).content.decode()
    assert f'value="choose-1-{person.pk}"' in page and ID_ONE not in page.replace(f'value="{ID_ONE}"', "")
    assert Reading.objects.filter(subject_type="people.person", what="search").count() == 1
    chosen = sent(**{"p0-name": "", "p0-id_no": "", "p0-phone": "", "p0-chosen": str(person.pk)})
    desk.post(reverse("disputes:new"), chosen)
    assert told_of(Case.objects.get())[0].id_no == ID_ONE
    assert Party.objects.get(number=1).person == person


def test_somebody_elsewhere_is_not_found(desk):
    person = a_person(grid=cast.OTHER_GRID)
    page = desk.post(reverse("disputes:new"), sent(**{"p1-find": ONE, "do": "find-1"})).content.decode()
    assert "辖区里没有找到" in page
    desk.post(reverse("disputes:new"), sent(**{"p0-chosen": str(person.pk)}))
    assert Party.objects.get(number=1).person is None


def test_it_is_taken_on_from_its_page(desk, secretary):
    case = a_dispute(cast.worker())
    assert "由我承办" in shown(desk, case)
    desk.post(reverse("disputes:take_on", args=[case.number]))
    assert Handler.objects.get().user == secretary and "由我承办" not in shown(desk, case)


def test_a_supervisor_names_and_releases(desk, secretary, logged_in):
    case, other = a_dispute(secretary), cast.secretary()
    officer, address = logged_in(cast.officer()), reverse("disputes:appoint", args=[case.number])
    assert other.username in officer.get(address).content.decode()
    assert officer.post(address, {"do": "appoint", "user": other.pk}).status_code == 302
    assert officer.post(address, {"do": "release", "user": secretary.pk}).status_code == 302
    assert officer.post(address, {"do": "release", "user": other.pk}).status_code == 422
    assert officer.post(address, {"do": "appoint", "user": "x"}).status_code == 422
    assert Handler.objects.get(until=None).user == other


def sitting(case, user, **more):
    given = {"op": str(uuid4()), "seen": case.version, "held_on": TODAY.isoformat(), "place": "调解室",
             "way": "people", "mediators": [user.pk], "others": "", "result": "goes_on", "next_on": "",
             "words": "谈了一次", "said_1": "要赔", "said_2": "不赔"}  # fmt: skip
    return given | more


def test_a_sitting_is_written_down_with_a_photo(desk, secretary):
    case = mediating(secretary)
    address = reverse("disputes:session", args=[case.number])
    assert ONE in desk.get(address).content.decode()
    assert desk.post(address, sitting(case, secretary, photos=[upload()])).status_code == 302
    assert Session.objects.get().mediators.get().user == secretary
    page = shown(desk, case)
    assert "要赔" in page and "cases/" in page and "<img" in page


def test_behind_somebody_else_nothing_typed_is_lost(desk, secretary):
    case = mediating(secretary)
    address, form = reverse("disputes:session", args=[case.number]), sitting(case, secretary)
    desk.post(address, form)
    answer = desk.post(address, form | {"op": str(uuid4()), "said_1": "第二次要赔"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "第二次要赔" in page and Session.objects.count() == 1
    case.refresh_from_db()
    assert f'name="seen" value="{case.version}"' in page


def test_steps_with_a_page_of_their_own_lead_there(desk, secretary):
    case = mediating(secretary)
    page = shown(desk, case)
    assert (
        reverse("disputes:session", args=[case.number]) + "?step=session" in page
        and 'id="do-session"' not in page
    )
    answer = take(desk, case, "session", words="绕过去")
    assert answer.url == reverse("disputes:session", args=[case.number]) and not Session.objects.exists()


def test_the_list_has_tabs_that_count(desk, secretary):
    mine, free = mediating(secretary), a_dispute()
    late = mediating(secretary)
    signed(late, secretary, due_on=TODAY - timedelta(days=1))
    tabs = {
        "mine": {mine, late},
        "free": {free},
        "unkept": {late},
        "closed": set(),
        "all": {mine, free, late},
    }
    for show, rows in tabs.items():
        page = desk.get(reverse("disputes:list"), {"show": show}).content.decode()
        assert {case.number for case in (mine, free, late) if case.number in page} == {
            case.number for case in rows
        }, show


def test_the_month_counts_sittings_and_opens_them(desk, secretary):
    case = mediating(secretary)
    a_session(case, secretary)
    a_session(case, secretary)
    signed(case, secretary)
    followed(case, secretary)
    page = desk.get(reverse("disputes:log")).content.decode()
    rows = desk.get(reverse("disputes:log_rows", args=[secretary.pk])).content.decode()
    assert secretary.name in page and rows.count(case.number) >= 2
    before = (TODAY.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    assert "还没有调解记录" in desk.get(reverse("disputes:log"), {"month": before}).content.decode()
    assert desk.get(reverse("disputes:log"), {"month": "x"}).status_code == 200


def test_the_figures_open_their_rows(desk, secretary):
    case = mediating(secretary)
    signed(case, secretary)
    page = desk.get(reverse("disputes:rates")).content.decode()
    assert "100.00%" in page and "—" in page
    rows = desk.get(reverse("disputes:rates_rows", args=["agreed", "part"])).content.decode()
    assert case.number in rows
    assert desk.get(reverse("disputes:rates_file")).status_code == 200


def rows_of(case, **more):
    given = {"seen": stamp(case), "parties": "2", "do": "save"}
    for at, told in enumerate(told_of(case)):
        given |= {f"p{at}-number": told.number, f"p{at}-side": told.side, f"p{at}-who": told.who,
                  f"p{at}-name": told.name, f"p{at}-address": told.address}  # fmt: skip
    return given | more


def test_the_parties_are_changed_and_their_numbers_stay_unseen(desk, secretary):
    case = a_dispute(secretary)
    address = reverse("disputes:parties", args=[case.number])
    page = desk.get(address).content.decode()
    assert ONE in page and ID_ONE not in page and "10011112222" not in page and "100****2222" in page
    more = rows_of(case, **{"p0-address": "虚构路 9 号", "p1-phone": "10077778888"})
    assert desk.post(address, more).status_code == 302
    first, second = told_of(case)
    assert (first.id_no, first.phone, first.address) == (ID_ONE, "10011112222", "虚构路 9 号")
    assert second.phone == "10077778888" and Party.objects.count() == 2


def test_a_row_without_a_name_goes_and_a_side_must_stay(desk, secretary):
    case = a_dispute(secretary)
    address = reverse("disputes:parties", args=[case.number])
    answer = desk.post(address, rows_of(case, **{"p1-name": ""}))
    assert answer.status_code == 422 and "被申请人" in answer.content.decode()
    more = rows_of(case, parties="3", **{"p1-name": "", "p2-side": "respondent", "p2-who": "person",
                                         "p2-name": "上官试丙"})  # fmt: skip
    assert desk.post(address, more).status_code == 302
    assert [told.name for told in told_of(case)] == [ONE, "上官试丙"]


def test_whoever_is_behind_with_the_parties_is_told_and_keeps_what_she_typed(desk, secretary):
    case = a_dispute(secretary)
    address, mine = reverse("disputes:parties", args=[case.number]), rows_of(case)
    desk.post(address, rows_of(case, **{"p1-phone": "10077778888"}))
    answer = desk.post(address, mine | {"p0-address": "虚构路 7 号"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "刚才有人改过" in page and "虚构路 7 号" in page
