"""Joining on a phone, without an account: by a code, by an id number, and what is refused."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.systems.groups.door_cast import hidden, invited
from tests.systems.groups.groups_cast import group, id_no, phone
from wangge.systems.groups.citizen import session
from wangge.systems.groups.queries.terms import terms

ME = {"name": "吴甲乙", "phone": phone(1), "relation": "staff", "consent": "on"}


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True  # codes stand on the page


def test_joining_with_a_phone_needs_its_code():
    made = group()
    at, browser = invited(made), Client()
    said = ME | {"notice": terms().notice}
    answer = browser.post(at, said)
    assert made.members.count() == 1
    wrong = hidden(answer) | {"code": "000000" if hidden(answer)["code"] != "000000" else "111111"}
    assert browser.post(f"{at}code/", wrong).status_code == 422
    assert made.members.count() == 1
    assert "已加入" in browser.post(f"{at}code/", hidden(answer)).content.decode()
    member = made.members.get(role="member")
    assert (member.phone_proved, member.as_staff, member.name) == (True, True, "吴甲乙")
    assert "示例五金厂" in browser.get("/groups/").content.decode()


def test_joining_with_an_id_number_alone():
    made = group()
    browser, said = Client(), {"name": "吴甲乙", "id_no": id_no(1), "relation": "staff", "consent": "on"}
    answer = browser.post(invited(made), said | {"notice": terms().notice})
    assert "已加入" in answer.content.decode()
    member = made.members.get(role="member")
    assert (member.phone_proved, member.id_no) == (False, id_no(1))
    assert session.COOKIE not in browser.cookies


@pytest.mark.parametrize(
    "changes",
    [{"consent": ""}, {"name": ""}, {"phone": ""}, {"phone": "1"}, {"id_no": "999703199001010000"},
     {"relation": "x"}],
)  # fmt: skip
def test_joining_is_refused_in_words(changes):
    made = group()
    answer = Client().post(invited(made), ME | {"notice": terms().notice} | changes)
    assert answer.status_code == 422
    assert made.members.count() == 1


def test_consent_to_an_older_notice_is_no_consent():
    made = group()
    answer = Client().post(invited(made), {**ME, "phone": "", "id_no": id_no(1), "notice": "1999"})
    assert answer.status_code == 422
    assert made.members.count() == 1


def test_a_code_for_one_group_lets_nobody_into_another():
    one, other = group(), group(boss=phone(9), name="别家")
    first, second, browser = invited(one), invited(other), Client()
    carried = hidden(browser.post(first, ME | {"notice": terms().notice}))
    browser.post(f"{second}code/", carried)
    assert other.members.count() == 1


def test_an_invitation_that_is_over_says_what_to_do():
    made = group()
    at = invited(made)
    invited(made)
    answer = Client().get(at)
    assert answer.status_code == 404
    assert "要新的链接" in answer.content.decode()


def test_joining_without_a_phone_has_a_limit_for_one_address(monkeypatch):
    from wangge.systems.groups.citizen import joining

    monkeypatch.setattr(joining, "MOST_AN_HOUR", 2)
    made = group()
    at = invited(made)
    codes = []
    for number in range(3):
        said = {"name": "吴甲乙", "id_no": id_no(number), "relation": "staff", "consent": "on"}
        codes.append(Client().post(at, said | {"notice": terms().notice}).status_code)
    assert codes == [200, 200, 422]
