"""The worklist: what runs out first on top, every number opens its rows, each decision a plain form."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests import cast
from tests.systems.declarations.verify_cast import (
    PHONE,
    a_declaration,
    a_room,
    an_id,
    hours_ago,
    known,
    somebody,
)
from wangge.foundation.access.models import Reading
from wangge.systems.declarations.enums import AddressSays, Matched, State
from wangge.systems.declarations.models import Declaration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
LIST = "/console/declarations/"


def page(desk, address=LIST):
    answer = desk.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def names(shown: str) -> list[str]:
    return re.findall(r'class="work-name">(\S+) <', shown)


@pytest.fixture
def desk(logged_in):
    return logged_in(cast.secretary())


def decide(desk, row, **form):
    address = reverse("declarations:decide", args=[row.pk])
    return desk.post(address, form, follow=True).content.decode()


@pytest.mark.parametrize("howmany", [0, 1, 3])
def test_the_list_shows_what_runs_out_first(desk, howmany):
    for hours in range(howmany):
        a_declaration(f"令狐{'甲乙丙'[hours]}", received_at=hours_ago(hours))
    assert names(page(desk)) == [f"令狐{'甲乙丙'[hours]}" for hours in reversed(range(howmany))]


def test_what_is_overdue_is_red_and_says_by_how_much(desk):
    a_declaration("令狐晚", received_at=hours_ago(14.5))
    a_declaration("令狐早")
    shown = page(desk)
    assert "超时 2 小时 30 分" in shown and "work-late" in shown and names(shown)[0] == "令狐晚"
    assert names(page(desk, f"{LIST}?view=overdue")) == ["令狐晚"]


def test_the_number_of_a_tab_is_the_number_of_its_rows(desk):
    person = somebody(room=a_room("101"))
    known(person, room=a_room("202"), address_says=AddressSays.DIFFERS)
    a_declaration("令狐谁", matched=Matched.ASK)
    a_declaration("令狐错", state=State.WRONG)
    a_declaration("令狐晚", received_at=hours_ago(14))
    for view in ("open", "overdue", "passed", "address", "ask", "problems", "verified"):
        shown = page(desk, f"{LIST}?view={view}")
        count = re.search(rf'href="\?view={view}">.*?<span class="badge[^"]*">(\d+)</span>', shown, re.S)
        assert count and int(count[1]) == len(names(shown)), view


def test_filters_narrow_the_tabs_too(desk):
    a_declaration("令狐甲", kind="visiting")
    a_declaration("令狐乙", reported_by="worker")
    assert names(page(desk, f"{LIST}?kind=visiting")) == ["令狐甲"]
    assert names(page(desk, f"{LIST}?by=worker")) == ["令狐乙"]
    assert names(page(desk, f"{LIST}?until=2020-01-01")) == []
    assert "kind=visiting" in page(desk, f"{LIST}?kind=visiting&view=all")


def test_an_area_out_of_reach_does_not_exist(desk):
    assert desk.get(f"{LIST}?area={cast.OTHER_COMMUNITY}").status_code == 404


def test_the_registers_person_stands_beside_with_differences_marked_and_values_masked(desk):
    person = somebody(room=a_room("101"), id_no=an_id(41), phone=PHONE, sex="1")
    row = known(person, id_no=an_id(41), phone="10000099999", room=a_room("202"), sex="2")
    shown = page(desk, f"{LIST}?pk={row.pk}")
    assert an_id(41) not in shown and PHONE not in shown and "10000099999" not in shown
    marked = re.findall(r'table-warning"><th scope="row">(.*?)</th>', shown)
    assert marked == ["联系电话", "性别", "居住地址"]
    assert Reading.objects.filter(subject_type="people.person", subject_id=str(person.pk)).count() == 1


def test_reading_a_declaration_of_nobody_known_is_logged_too(desk):
    row = a_declaration()
    page(desk, f"{LIST}?pk={row.pk}")
    assert Reading.objects.get().subject_type == "declarations.declaration"


def test_a_number_is_shown_for_a_reason_that_is_logged(desk):
    row = a_declaration(phone=PHONE)
    address = reverse("declarations:reveal", args=[row.pk, "phone"])
    assert desk.post(address, {"reason": ""}).status_code == 422
    assert PHONE in desk.post(address, {"reason": "打电话核实"}).content.decode()
    assert Reading.objects.get(what="reveal").field == "phone"
    wrong = reverse("declarations:reveal", args=[row.pk, "raw"])
    assert desk.post(wrong, {"reason": "看看"}).status_code == 404


def test_deciding_leads_to_the_next_one_of_the_same_tab(desk):
    one, two = a_declaration("令狐甲", received_at=hours_ago(2)), a_declaration("令狐乙")
    shown = page(desk, f"{LIST}?view=open&pk={one.pk}")
    following = re.search(r'name="following" value="(\d+)"', shown)
    assert following and int(following[1]) == two.pk
    address = reverse("declarations:decide", args=[one.pk]) + "?view=open"
    answer = desk.post(address, {"verb": "verify", "following": two.pk})
    assert answer.url == f"{LIST}?view=open&pk={two.pk}"
    one.refresh_from_db()
    assert one.state == State.VERIFIED


@pytest.mark.parametrize(
    ("form", "said", "state"),
    [
        ({"verb": "wrong", "field": "phone"}, "已记下：信息有误", "wrong"),
        ({"verb": "wrong"}, "请选择哪一项有误", "to_verify"),
        ({"verb": "not_found"}, "已记下：查无此人", "not_found"),
        ({"verb": "transfer", "to": cast.OTHER_COMMUNITY}, "已记下：转办", "transferred"),
        ({"verb": "transfer", "to": ""}, "请选择要转到的", "to_verify"),
        ({"verb": "call", "answered": "none"}, "已记下：电话联系", "to_verify"),
        ({"verb": "call"}, "接通了没有", "to_verify"),
        ({"verb": "nobody"}, "已记下：上门未遇", "to_verify"),
        ({"verb": "erase"}, "请选择一项结论", "to_verify"),
        ({}, "请选择一项结论", "to_verify"),
    ],
)
def test_every_decision_is_a_form_and_says_what_happened(desk, form, said, state):
    row = a_declaration()
    assert said in decide(desk, row, **form)
    assert Declaration._base_manager.get(pk=row.pk).state == state


def test_after_three_calls_the_page_says_to_go_there(desk):
    row = a_declaration()
    for _each in range(3):
        shown = decide(desk, row, verb="call", answered="none")
    assert "请上门核实" in shown and "3/3" in shown


def test_undo_is_one_key_and_brings_the_declaration_back(desk):
    row = a_declaration()
    assert "核实。" in decide(desk, row, verb="verify")
    shown = desk.post(reverse("declarations:undo"), follow=True).content.decode()
    assert "已撤销：核实" in shown
    row.refresh_from_db()
    assert row.state == State.TO_VERIFY
    assert "没有可以撤销" in desk.post(reverse("declarations:undo"), follow=True).content.decode()


def test_what_somebody_else_decided_is_not_mine_to_undo(desk, logged_in):
    row = a_declaration()
    other = logged_in(cast.secretary())
    decide(other, row, verb="verify")
    assert "没有可以撤销" in desk.post(reverse("declarations:undo"), follow=True).content.decode()


def test_a_family_is_verified_together_and_undone_together(desk):
    room = a_room()
    keys = [a_declaration(room=room).pk for _each in range(3)]
    address = reverse("declarations:several")
    assert "一起核实了 3 条" in desk.post(address, {"pick": keys}, follow=True).content.decode()
    desk.post(reverse("declarations:undo"))
    assert set(Declaration.objects.values_list("state", flat=True)) == {State.TO_VERIFY}
    other = a_declaration(room=a_room("909"))
    said = desk.post(address, {"pick": [keys[0], other.pk]}, follow=True).content.decode()
    assert "同一地址" in said


def test_who_it_is_is_asked_and_answered_on_the_same_screen(desk):
    room = a_room("404")
    held = somebody("慕容疑", room=room)
    row = a_declaration("慕容疑", room=room)
    address = reverse("declarations:take_address", args=[row.pk])
    shown = desk.post(address, follow=True).content.decode()
    assert "是登记册中的哪一位" in shown and f'name="answer" value="{held.pk}"' in shown
    assert Reading.objects.filter(subject_type="people.person", subject_id=str(held.pk)).exists()
    assert "住址已写入" in desk.post(address, {"answer": held.pk}, follow=True).content.decode()
    row.refresh_from_db()
    assert row.person_id == held.pk


def test_a_person_outside_the_reach_is_no_answer(desk):
    stranger = somebody("慕容远", room=a_room("1", grid=cast.OTHER_GRID))
    row = a_declaration("慕容远")
    address = reverse("declarations:take_address", args=[row.pk])
    assert desk.post(address, {"answer": stranger.pk}).status_code == 404


def test_a_matched_person_of_another_place_is_said_by_place_only(desk):
    stranger = somebody("慕容远", room=a_room("1", grid=cast.OTHER_GRID), phone=PHONE)
    row = known(stranger, room=a_room("505"))
    shown = page(desk, f"{LIST}?pk={row.pk}")
    assert "乙一社区，不在您的辖区" in shown and "100****2345" not in shown


def test_correcting_keeps_what_stood_there_and_asks_for_verification_again(desk):
    row = a_declaration(phone=PHONE, state=State.WRONG)
    address = reverse("declarations:correct", args=[row.pk])
    assert PHONE not in page(desk, address)
    form = {"name": "令狐报", "stay_address": "虚构花园2栋202", "phone": "10000054321"}
    assert "已更正" in desk.post(address, form, follow=True).content.decode()
    row.refresh_from_db()
    assert (row.state, row.stay_address, row.matched) == (State.TO_VERIFY, "虚构花园2栋202", Matched.WAITING)
    amended = row.amendments.get()
    assert {"phone", "stay_address"} <= set(amended.fields) and PHONE not in amended.before_sealed
    said = desk.post(address, form | {"phone": "12", "inline": "1"}, follow=True).content.decode()
    assert "联系电话" in said and "notice-error" in said and 'class="work-name"' in said
    wrong = desk.post(address, form | {"phone": "12"})
    assert wrong.status_code == 200 and "invalid-feedback" in wrong.content.decode()


def test_the_call_back_card_names_nobody(desk):
    row = a_declaration("令狐报", phone=PHONE)
    shown = page(desk, reverse("declarations:card", args=[row.pk]))
    assert "<svg" in shown and "令狐" not in shown and "虚构花园" not in shown


def test_the_list_costs_as_many_queries_with_thirty_rows_as_with_three(desk, django_assert_max_num_queries):
    for _each in range(3):
        a_declaration()
    page(desk)
    with django_assert_max_num_queries(60) as few:
        page(desk)
    for _each in range(27):
        a_declaration()
    with django_assert_max_num_queries(len(few.captured_queries)):
        page(desk)


def test_whoever_only_looks_gets_no_buttons(logged_in):
    from wangge.foundation.access.enums import MAY, Role

    lookers = [
        role for role in Role if "declaration.view" in MAY[role] and "declaration.verify" not in MAY[role]
    ]
    row = a_declaration()
    for role in lookers:
        assert 'data-press="v"' not in page(logged_in(cast.person_with((role, cast.TOWN))))
    assert logged_in(cast.leader()).get(LIST).status_code == 403
    assert row.state == State.TO_VERIFY


def test_a_home_outside_the_reach_is_said_by_its_community_only(desk):
    from wangge.registry.people.actions import begin_tie

    person = somebody("欧阳外", room=a_room("7", grid=cast.OTHER_GRID))
    begin_tie(actor="cli", person=person, kind="hukou", area=cast.GRID)
    row = known(person, room=a_room("202"), address_says=AddressSays.DIFFERS)
    shown = page(desk, f"{LIST}?pk={row.pk}")
    assert "乙一社区" in shown and "虚构花园1栋7<" not in shown
    assert "居住地址" in re.findall(r'table-warning"><th scope="row">(.*?)</th>', shown)


def test_what_is_late_for_days_says_days(desk):
    a_declaration(received_at=hours_ago(12 + 24 * 3 + 5.5))
    assert "超时 3 天 5 小时" in page(desk)


def test_a_wrong_declaration_asks_for_no_address(desk):
    person = somebody(room=a_room("101"))
    known(person, room=a_room("202"), address_says=AddressSays.DIFFERS, state=State.WRONG)
    assert names(page(desk, f"{LIST}?view=address")) == []


def test_leafing_stops_and_says_so(desk, monkeypatch):
    monkeypatch.setattr("wangge.systems.declarations.console.declarations.LEAFED", 2)
    for _each in range(3):
        a_declaration()
    shown = page(desk)
    assert "请用筛选缩小范围" in shown and "共 2 条" in shown
