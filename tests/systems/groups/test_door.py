"""The pages without account: a phone is proved, its own groups are seen, everything else does not exist."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import COMMUNITY, OTHER_COMMUNITY
from tests.systems.groups.door_cast import again_at_once, entered, hidden, invited, proved
from tests.systems.groups.groups_cast import BOSS, creator, fresh, group, id_no, joined, phone, staff_file
from tests.walls.group_rows import OWN_GROUPS
from wangge.systems.groups.citizen import session
from wangge.systems.groups.models import Group
from wangge.systems.groups.queries.terms import terms

ME = {"name": "吴甲乙", "phone": phone(1), "relation": "staff", "consent": "on"}


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True  # codes stand on the page


def address(name: str, made: Group, other: int = 1) -> str:
    """The address of a page behind a proved phone."""
    args = {"make_admin": 2, "remove_admin": 2, "remove": 2, "decide": 2, "remove_demand": 2}.get(name, 1)
    return reverse(f"group:{name}", args=[made.pk, other][:args])


MANAGES = sorted(name.split(":")[1] for name in OWN_GROUPS)
MINE = {"mine", "apply", "leave_alone", "values"}


@pytest.mark.parametrize("name", MANAGES)
def test_without_a_proved_phone_every_page_leads_to_the_door(name):
    made = group()
    for ask in (Client().get, Client().post):
        answer = ask(address(name, made))
        assert answer.status_code == 405 or answer.url == reverse("group:home")


@pytest.mark.parametrize("name", MANAGES)
def test_anothers_group_does_not_exist(name):
    made = group()
    member = joined(made, 1)
    group(boss=phone(9), name="别家")
    stranger = entered(phone(9))
    target = reverse(f"group:{name}", args=[member.pk]) if name in MINE else address(name, made, member.pk)
    assert {stranger.get(target).status_code, stranger.post(target).status_code} <= {404, 405}
    assert fresh(member).state == "active"


def test_a_plain_member_manages_nothing():
    made = group()
    joined(made, 1)
    browser = entered(phone(1))
    assert browser.get(address("group", made)).status_code == 404
    assert "吴甲乙" not in browser.get("/groups/").content.decode()


def test_a_member_of_another_group_cannot_be_managed_through_ones_own():
    mine, other = group(), group(boss=phone(9), name="别家")
    victim = joined(other, 1)
    browser = entered(BOSS)
    for name in ("remove", "make_admin", "decide"):
        assert browser.post(address(name, mine, victim.pk), {"reason": "理由"}).status_code == 404
    assert fresh(victim).state == "active"


def test_the_manager_sees_names_and_masked_phones_only():
    made = group()
    joined(made, 1, id_no=id_no(1))
    page = entered(BOSS).get(address("members", made)).content.decode()
    assert "吴甲乙" in page
    assert "100****0001" in page
    assert phone(1) not in page
    assert id_no(1) not in page


def test_a_visitor_has_no_console():
    group()
    browser = entered(BOSS)
    assert browser.get("/console/").status_code == 302
    assert browser.get("/console/groups/").status_code == 302


def test_founding_with_a_proved_phone_opens_the_groups_page():
    browser = Client()
    said = {
        "name": "示例店", "type": "shop", "area_code": OTHER_COMMUNITY, "address": "示例路2号",
        "founder": "郑管", "phone": BOSS,
    }  # fmt: skip
    answer = proved(browser, "/groups/new/", said, "/groups/new/code/")
    made = Group.objects.get()
    assert (made.area_code, made.state, made.organisation) == (OTHER_COMMUNITY, "active", None)
    assert answer.redirect_chain[-1][0] == address("group", made)
    assert creator(made).phone_proved


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("phone", "123"), ("area_code", "999"), ("type", "club"), ("founder", "1"), ("uscc", "X")],
)
def test_what_cannot_be_is_refused_in_words(field, value):
    said = {
        "name": "示例店", "type": "shop", "area_code": COMMUNITY, "address": "示例路2号",
        "founder": "郑管", "phone": BOSS,
    }  # fmt: skip
    answer = Client().post("/groups/new/", said | {field: value})
    assert answer.status_code == 422
    assert "aria-invalid" in answer.content.decode()
    assert Group.objects.count() == 0


def test_leaving_from_the_phone_and_the_managers_answer():
    made = group()
    member = joined(made, 1)
    phone_of_hers = entered(phone(1))
    phone_of_hers.post(reverse("group:apply", args=[member.pk]), {"reason": "换工作"})
    manager = entered(BOSS)
    assert "换工作" in manager.get(address("group", made)).content.decode()
    manager.post(address("decide", made, member.pk), {"agreed": "no", "reason": ""})
    assert fresh(member).state == "leaving"  # a refusal needs a reason
    manager.post(address("decide", made, member.pk), {"agreed": "no", "reason": "交接未完成"})
    assert "交接未完成" in phone_of_hers.get(reverse("group:mine", args=[member.pk])).content.decode()
    phone_of_hers.post(reverse("group:apply", args=[member.pk]))
    manager.post(address("decide", made, member.pk), {"agreed": "yes"})
    assert fresh(member).state == "left"
    assert phone_of_hers.get(reverse("group:mine", args=[member.pk])).status_code == 404


def test_dissolving_needs_the_notice_and_the_creators_own_code():
    made = group()
    browser = entered(BOSS)
    assert browser.post(address("dissolve", made), {}).status_code == 422
    again_at_once()
    answer = browser.post(address("dissolve", made), {"risk": "on"})
    other = hidden(browser.post("/groups/enter/", {"phone": phone(2)}))
    browser.post(
        address("dissolve_code", made), hidden(answer) | {"proof": other["proof"], "code": other["code"]}
    )
    assert Group.objects.get().state == "active"
    browser.post(address("dissolve_code", made), hidden(answer))
    assert Group.objects.get().state == "dissolving"
    browser.post(address("withdraw", made))
    assert Group.objects.get().state == "active"


def test_an_admin_neither_dissolves_nor_hands_over():
    made = group()
    member = joined(made, 1)
    entered(BOSS).post(address("make_admin", made, member.pk))
    admin = entered(phone(1))
    for name in ("dissolve", "hand_over"):
        assert admin.get(address(name, made), follow=True).redirect_chain[-1][0] == address("group", made)
    assert "解散团体" not in admin.get(address("group", made)).content.decode()


def test_handing_over_by_a_code():
    made = group()
    heir = joined(made, 1)
    proved(entered(BOSS), address("hand_over", made), {"member": heir.pk}, address("hand_over_code", made))
    assert creator(made).pk == heir.pk


def test_a_draft_is_put_into_use_by_its_creator():
    made = group(proved=False)
    browser = entered(BOSS)
    browser.post(address("activate", made))
    assert Group.objects.get().state == "active"


def test_a_list_is_compared_and_those_missing_are_handed_out():
    made = group()
    browser = entered(BOSS)
    rows = [["郑管", BOSS, ""], ["没来的", phone(40), ""]]
    file = SimpleUploadedFile("花名册.xlsx", staff_file(rows))
    answer = browser.post(address("compare", made), {"file": file})
    page = answer.content.decode()
    assert "没来的" in page
    assert phone(40) not in page
    sealed = page.split('name="lines" value="')[1].split('"')[0]
    file_answer = browser.post(address("compare_file", made), {"lines": sealed})
    assert "未加入名单" in unquote(file_answer["Content-Disposition"])
    assert browser.post(address("compare_file", made), {"lines": "x"}).status_code == 302


@pytest.mark.parametrize("content", [b"", b"%PDF", b"PK"])
def test_a_wrong_file_is_answered_in_words(content):
    made = group()
    answer = entered(BOSS).post(address("compare", made), {"file": SimpleUploadedFile("x.xlsx", content)})
    assert answer.status_code == 422
    assert "error" in answer.content.decode()


def test_the_roster_leaves_masked_with_the_masked_name_of_who_took_it():
    made = group()
    answer = entered(BOSS).post(address("roster_file", made))
    assert answer["Content-Type"].endswith("sheet")
    assert BOSS.encode() not in answer.content


def test_demands_do_not_exist_without_an_order():
    made = group()
    browser = entered(BOSS)
    assert browser.get(address("demands", made)).status_code == 404
    assert "团体要求" not in browser.get(address("group", made)).content.decode()


class TestSession:
    def test_it_ends_when_left_alone(self, monkeypatch):
        group()
        browser = entered(BOSS)
        monkeypatch.setattr(session, "IDLE", -1)
        assert "获取验证码" in browser.get("/groups/").content.decode()

    def test_it_ends_after_hours_however_busy(self, monkeypatch):
        group()
        browser = entered(BOSS)
        browser.get("/groups/")
        monkeypatch.setattr(session, "LONGEST", -1)
        assert "获取验证码" in browser.get("/groups/").content.decode()

    def test_it_is_sealed_and_kept_from_scripts_and_the_rest_of_the_site(self):
        group()
        cookie = entered(BOSS).cookies[session.COOKIE]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/groups/")
        assert BOSS not in cookie.value

    @pytest.mark.parametrize("said", ["", "x", "v1.a.AAAA", "{}"])
    def test_an_invented_one_is_nobody(self, said):
        made = group()
        browser = Client()
        browser.cookies[session.COOKIE] = said
        assert browser.get(address("group", made)).url == reverse("group:home")

    def test_signing_out_forgets_it(self):
        made = group()
        browser = entered(BOSS)
        browser.post("/groups/out/")
        assert browser.get(address("group", made)).status_code == 302


def test_forms_refuse_what_comes_from_another_site():
    group()
    assert Client(enforce_csrf_checks=True).post("/groups/enter/", {"phone": BOSS}).status_code == 403


def test_no_personal_value_stands_in_an_address():
    made = group()
    at, browser = invited(made), Client()
    answer = browser.post(at, ME | {"notice": terms().notice})
    after = browser.post(f"{at}code/", hidden(answer))
    for page in (answer, after):
        for value in (phone(1), "吴甲乙"):
            assert value not in page.request["PATH_INFO"] + page.request["QUERY_STRING"]
