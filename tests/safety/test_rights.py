"""Who sees no person, who may give what, and what ends when a right ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.registry.ledgers import ledger_cast as people
from tests.walls.table import ROWS
from tests.walls.test_urls import ask
from wangge.foundation.access import actions, queries
from wangge.foundation.access.enums import ADMINS, MAY, RANK, Role
from wangge.foundation.access.models import Grant, Reading, User
from wangge.foundation.access.rules import Refused
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
NAME, PHONE = "欧阳某人", "10077777777"
BLIND = [
    Role.SYSTEM_ADMIN,
    Role.SECURITY_ADMIN,
    Role.AUDITOR,
    Role.LEADER,
    Role.HR,
    Role.DEPUTY,
    Role.TRAINER,
]
OF_PEOPLE = ("person.", "ledger.", "organisation.")


@pytest.fixture
def someone() -> Person:
    with within(EVERYWHERE):
        made = people.a_person(NAME, phone=PHONE, initials="oymr")
        people.lives(made, cast.GRID, room=people.a_room(cast.GRID, "101"))
        people.works(made, cast.GRID)
        return made


@pytest.mark.parametrize("role", BLIND)
class TestBlindRoles:
    def test_holds_no_right_over_people(self, role):
        assert [right for right in MAY[role] if right.startswith(OF_PEOPLE)] == []

    def test_no_page_shows_a_person(self, role, logged_in, someone):
        client = logged_in(cast.person_with((role, cast.DISTRICT)))
        opened = 0
        for row in ROWS:
            answer = ask(client, row)
            said = "" if answer.streaming else answer.content.decode(errors="replace")
            assert NAME not in said and PHONE not in said and "示范厂" not in said, row.name
            if row.right.startswith(OF_PEOPLE):
                assert answer.status_code == 403, row.name
            opened += answer.status_code == 200
        for name in ("home", "api:areas", "help"):
            assert NAME not in client.get(reverse(name)).content.decode()
        assert opened >= 2

    def test_finds_nobody(self, role, logged_in, someone):
        client = logged_in(cast.person_with((role, cast.DISTRICT)))
        for text in (NAME, PHONE, "oymr"):
            assert client.post(reverse("people:search"), {"q": text}).status_code == 403


def test_the_leader_sees_how_many_but_not_who(logged_in, someone):
    client = logged_in(cast.leader())
    assert client.get(reverse("territory:area", args=[cast.COMMUNITY])).status_code == 200
    assert client.get(reverse("people:area", args=[cast.COMMUNITY])).status_code == 403


class TestGiving:
    @pytest.mark.parametrize("role", [role for role in Role if "grant.give" in MAY[role]])
    def test_nobody_raises_himself(self, role):
        user = cast.person_with((role, cast.TOWN))
        for wanted in Role:
            with pytest.raises(Refused):
                actions.give_grant(actor=user, user=user, role=wanted, area_code=cast.TOWN)
        assert user.grants.count() == 1

    @pytest.mark.parametrize("role", [r for r in Role if "grant.give" in MAY[r] and r != Role.SECURITY_ADMIN])
    def test_rights_go_down_only_and_no_wider(self, role):
        giver = cast.person_with((role, cast.TOWN))
        for wanted in Role:
            for area in (cast.TOWN, cast.DISTRICT, cast.OTHER_TOWN, cast.OTHER_GRID, "", "44", "440703002"):
                fits = RANK[wanted] < RANK[role] and area in (cast.TOWN, "440703002")
                taker = cast.nobody()
                try:
                    actions.give_grant(actor=giver, user=taker, role=wanted, area_code=area)
                    given = True
                except Refused:
                    given = False
                assert given == fits, (wanted, area)

    @pytest.mark.parametrize("role", [r for r in Role if "grant.give" in MAY[r] and r not in ADMINS])
    def test_what_one_gives_holds_no_right_one_lacks(self, role):
        for wanted in Role:
            if RANK[wanted] < RANK[role]:
                assert MAY[wanted] <= MAY[role], (role, wanted)

    def test_the_three_admins_are_three_people(self):
        for one in ADMINS:
            holder = cast.person_with((one, cast.DISTRICT))
            for other in Role:
                if other != one:
                    with pytest.raises(Refused):
                        actions.give_grant(actor="cli", user=holder, role=other, area_code=cast.DISTRICT)

    def test_a_planned_grant_counts_for_separation_too(self):
        later = timezone.localdate() + timedelta(days=30)
        user = cast.nobody()
        actions.give_grant(
            actor="cli", user=user, role=Role.AUDITOR, area_code=cast.DISTRICT, valid_from=later
        )
        with pytest.raises(Refused):
            actions.give_grant(actor="cli", user=user, role=Role.SYSTEM_ADMIN, area_code=cast.DISTRICT)

    @pytest.mark.parametrize("verb", ["password", "close", "factor", "edit", "reopen"])
    @pytest.mark.parametrize("above", [Role.STREET_OFFICER, Role.COMMUNITY_SECRETARY, Role.AUDITOR])
    def test_nobody_takes_over_an_account_that_stands_as_high(self, logged_in, verb, above):
        chief = cast.person_with((above, cast.COMMUNITY))
        before = chief.password
        name = {"password": "reset_password", "factor": "remove_factor", "edit": "edit_user"}.get(
            verb, f"{verb}_user"
        )
        form = {"name": "新名", "area_code": cast.COMMUNITY}
        answer = logged_in(cast.secretary()).post(reverse(f"access:{name}", args=[chief.pk]), form)
        chief.refresh_from_db()
        assert answer.status_code == 403
        assert (chief.password, chief.is_active, chief.name) == (before, True, "试用" + chief.username[4:])

    def test_nobody_manages_himself(self, logged_in):
        me = cast.secretary()
        client = logged_in(me)
        for name in ("reset_password", "remove_factor", "close_user", "edit_user"):
            form = {"name": "新名", "area_code": cast.COMMUNITY}
            assert client.post(reverse(f"access:{name}", args=[me.pk]), form).status_code == 403


class TestEnding:
    def test_an_expired_grant_opens_nothing(self, logged_in, someone):
        user = cast.secretary()
        client = logged_in(user)
        assert client.get(reverse("people:person", args=[someone.pk])).status_code == 200
        Grant.objects.filter(user=user).update(
            valid_from=timezone.localdate() - timedelta(days=9), valid_to=timezone.localdate())  # fmt: skip
        for name in ("people:list", "ledgers:list", "ledgers:imports", "access:users"):
            assert client.get(reverse(name)).status_code == 403
        assert client.get(reverse("people:person", args=[someone.pk])).status_code == 403

    def test_a_grant_to_come_opens_nothing_yet(self, logged_in):
        user = cast.secretary()
        Grant.objects.filter(user=user).update(valid_from=timezone.localdate() + timedelta(days=1))
        assert logged_in(user).get(reverse("people:list")).status_code == 403

    def test_a_closed_account_is_out_at_once_in_every_browser(self, logged_in):
        user = cast.worker()
        browsers = [Client(), Client()]
        for browser in browsers:
            browser.post(reverse("account_login"), {"login": user.username, "password": cast.PASSWORD})
            assert browser.get(reverse("people:list")).status_code == 200
        actions.deactivate_user(actor=cast.secretary(), user=user)
        for browser in browsers:
            assert browser.get(reverse("people:list")).status_code == 302
        again = Client()
        again.post(reverse("account_login"), {"login": user.username, "password": cast.PASSWORD})
        assert again.get(reverse("people:list")).status_code == 302

    def test_five_wrong_passwords_lock_even_the_right_one_out(self):
        user = cast.worker()
        client = Client()
        for _try in range(5):
            client.post(reverse("account_login"), {"login": user.username, "password": "wrong"})
        answer = client.post(reverse("account_login"), {"login": user.username, "password": cast.PASSWORD})
        assert answer.status_code == 429
        assert client.get(reverse("people:list")).status_code == 302

    def test_an_unknown_name_is_answered_like_a_wrong_password(self):
        user = cast.worker()
        said = []
        for name in (user.username, "nobodyatall"):
            answer = Client().post(reverse("account_login"), {"login": name, "password": "wrong-wrong-1"})
            said.append(answer.content.decode().split("<form")[1].split("csrf")[0])
            assert "用户名或密码不对" in answer.content.decode()
        assert said[0] == said[1]

    def test_administrators_need_a_second_factor_where_it_is_required(self, settings, logged_in):
        settings.MFA_REQUIRED = True
        for user in (cast.system_admin(), cast.security_admin(), cast.auditor()):
            answer = logged_in(user).get(reverse("home"))
            assert answer.status_code == 302 and answer.url == reverse("mfa_activate_totp")

    def test_a_one_time_password_opens_nothing_but_its_change(self, logged_in):
        user = cast.secretary()
        User.objects.filter(pk=user.pk).update(must_change_password=True)
        answer = logged_in(user).get(reverse("people:list"))
        assert answer.status_code == 302 and answer.url == reverse("account_change_password")


class TestMasking:
    def test_no_page_shows_an_id_or_a_phone_in_clear(self, logged_in, someone):
        client = logged_in(cast.secretary())
        for row in ROWS:
            answer = ask(client, row)
            said = "" if answer.streaming else answer.content.decode(errors="replace")
            assert PHONE not in said and someone.id_no not in said, row.name
        for name in ("person", "edit", "move", "choose_other", "readings"):
            said = client.get(reverse(f"people:{name}", args=[someone.pk])).content.decode()
            assert PHONE not in said and someone.id_no not in said

    def test_a_value_is_revealed_for_a_reason_and_the_person_can_see_who_did(self, logged_in, someone):
        user = cast.secretary()
        client = logged_in(user)
        address = reverse("people:reveal", args=[someone.pk, "phone"])
        assert PHONE not in client.post(address, {"reason": " "}).content.decode()
        assert client.get(address).status_code == 405
        assert not Reading._base_manager.filter(what="reveal").exists()
        assert PHONE in client.post(address, {"reason": f"电话回访 {PHONE}"}).content.decode()
        with within(EVERYWHERE):
            read = queries.readings_of(someone).get(what="reveal")
        assert (read.actor, read.field) == (user.username, "phone") and PHONE not in read.reason
        page = client.get(reverse("people:readings", args=[someone.pk])).content.decode()
        assert "电话回访" in page and "苏记书" in page
        assert Entry._base_manager.filter(kind="person.revealed", subject_id=str(someone.pk)).count() == 1

    @pytest.mark.parametrize(
        "field", ["name", "pk", "id_sealed", "password", "facts", "phone_index", "merged_into"]
    )
    def test_only_sealed_values_are_revealed(self, logged_in, someone, field):
        address = reverse("people:reveal", args=[someone.pk, field])
        assert logged_in(cast.secretary()).post(address, {"reason": "核对用途"}).status_code == 404

    def test_an_export_in_clear_needs_the_right_and_a_reason_and_is_read_of_everybody_in_it(
        self, logged_in, someone
    ):
        address = reverse("ledgers:export", args=["resident"])
        wish = {"form": "csv", "unmasked": "on", "reason": f"核查用 {PHONE}"}
        masked = b"".join(logged_in(cast.secretary()).post(address, wish).streaming_content).decode(
            "utf-8-sig"
        )
        assert PHONE not in masked and NAME not in masked
        officer = cast.officer()
        client = logged_in(officer)
        assert client.post(address, wish | {"reason": " "}).status_code == 400
        assert not Reading._base_manager.exists()
        clear = b"".join(client.post(address, wish).streaming_content).decode("utf-8-sig")
        assert PHONE in clear and NAME in clear
        read = Reading._base_manager.get(what="export", subject_id=str(someone.pk))
        assert read.actor == officer.username and "核查用" in read.reason and PHONE not in read.reason
        told = Entry._base_manager.filter(kind="ledger.exported").latest("pk")
        assert told.data["masked"] is False and PHONE not in told.reason
