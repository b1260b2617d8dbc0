"""The pages about users and rights."""

import pytest
from django.urls import reverse

from tests import cast
from wangge.foundation.access.models import Grant, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


def queries_for(client, address, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["access:users", "journal:entries", "journal:deliveries"])
def test_one_row_and_three_rows_take_the_same_number_of_queries(name, logged_in, django_assert_num_queries):
    from wangge.foundation.journal import actions as journal
    from wangge.foundation.journal.models import Delivery

    client = logged_in(cast.district_user())

    def one_more():
        cast.worker()
        entry = journal.record("test.failed", actor="test", area=cast.GRID)
        Delivery.objects.create(entry=entry, reaction="a.b", state="failed")

    one_more()
    with_one = queries_for(client, reverse(name), django_assert_num_queries)
    one_more()
    one_more()
    assert queries_for(client, reverse(name), django_assert_num_queries) == with_one


def test_a_secretary_sees_the_users_of_her_area_only(logged_in):
    here, there = cast.worker(), cast.worker(cast.OTHER_GRID)
    page = logged_in(cast.secretary()).get(reverse("access:users"))
    shown = [user.pk for user in page.context["page"]]
    assert here.pk in shown and there.pk not in shown


def test_users_are_found_by_name_role_and_state(logged_in):
    client = logged_in(cast.secretary())
    worker = cast.worker()
    for query in (f"?q={worker.username}", "?role=grid_worker", "?q=王格&state=open"):
        assert [user.pk for user in client.get(reverse("access:users") + query).context["page"]] == [
            worker.pk
        ]
    nothing = client.get(reverse("access:users") + "?state=closed")
    assert "没有符合条件的用户" in nothing.content.decode()


def test_an_account_is_opened_and_its_password_shown_once(logged_in):
    form = {"username": "xin.lai", "name": "辛来", "area_code": cast.GRID}
    answer = logged_in(cast.secretary()).post(reverse("access:new_user"), form)
    user = User.objects.get(username="xin.lai")
    assert user.check_password(answer.context["secret"]) and user.must_change_password
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("username", "10012345678", "不要用手机号"),
        ("username", "大写", "小写字母"),
        ("area_code", cast.OTHER_GRID, "不在您的辖区"),
        ("area_code", "440703999999", "不存在"),
    ],
)
def test_a_wrong_entry_is_answered_at_its_field(field, value, says, logged_in):
    form = {"username": "xin.lai", "name": "辛来", "area_code": cast.GRID, field: value}
    answer = logged_in(cast.secretary()).post(reverse("access:new_user"), form)
    assert answer.status_code == 422 and says in "".join(answer.context["form"].errors[field])
    assert not User.objects.filter(name="辛来").exists()


def test_a_grant_is_given_on_the_page(logged_in):
    user = cast.person_with(name="吴权")
    User.objects.filter(pk=user.pk).update(area_code=cast.GRID)
    form = {"role": "grid_worker", "area_code": f"{cast.GRID} 甲一网格", "valid_from": "2026-01-01"}
    client = logged_in(cast.secretary())
    assert client.post(reverse("access:give_grant", args=[user.pk]), form).status_code == 302
    assert Grant.objects.get(user=user).area_code == cast.GRID


def test_a_role_above_is_not_on_offer_and_not_taken(logged_in):
    client, user = logged_in(cast.secretary()), cast.worker()
    offered = client.get(reverse("access:user", args=[user.pk])).context["form"].fields["role"].choices
    assert "street_officer" not in dict(offered) and "grid_worker" in dict(offered)
    form = {"role": "street_officer", "area_code": cast.GRID, "valid_from": "2026-01-01"}
    assert client.post(reverse("access:give_grant", args=[user.pk]), form).status_code == 422


def test_a_grant_of_another_area_is_not_shown(logged_in):
    both = cast.person_with(("grid_worker", cast.GRID), ("grid_worker", cast.OTHER_GRID))
    page = logged_in(cast.secretary()).get(reverse("access:user", args=[both.pk]))
    assert cast.OTHER_GRID not in page.content.decode()


def test_areas_are_suggested_inside_the_reach_only(logged_in):
    client = logged_in(cast.secretary())
    assert cast.GRID in client.get(reverse("access:areas") + "?area_code=甲").content.decode()
    assert cast.OTHER_GRID not in client.get(reverse("access:areas") + "?area_code=4407").content.decode()


def test_a_lost_second_factor_is_taken_off_by_who_manages_the_account(logged_in):
    from allauth.mfa.models import Authenticator

    user = cast.worker()
    Authenticator.objects.create(user=user, type="totp", data={})
    client = logged_in(cast.secretary())
    assert client.post(reverse("access:remove_factor", args=[user.pk])).status_code == 302
    assert not Authenticator.objects.exists()
