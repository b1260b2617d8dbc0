"""Where one is signed in, and ending it."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_places():
    """One user signed in at two places."""
    user = cast.worker()
    places = [Client(), Client()]
    for place in places:
        place.post(reverse("account_login"), {"login": user.username, "password": cast.PASSWORD})
    return user, *places


def session_of(client: Client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def test_both_places_are_listed(two_places):
    _user, here, _there = two_places
    assert len(here.get(reverse("access:sessions")).context["sessions"]) == 2


def test_the_other_place_can_be_ended(two_places):
    _user, here, there = two_places
    assert here.post(reverse("access:revoke_session", args=[session_of(there).pk])).status_code == 302
    assert there.get(reverse("access:account")).status_code == 302
    assert here.get(reverse("access:account")).status_code == 200


def test_somebody_elses_session_does_not_exist(two_places, logged_in):
    _user, here, _there = two_places
    other = logged_in(cast.security_admin())
    assert other.post(reverse("access:revoke_session", args=[session_of(here).pk])).status_code == 404
    assert Client().post(reverse("access:revoke_session", args=[session_of(here).pk])).status_code == 302
    assert here.get(reverse("access:account")).status_code == 200


def test_a_new_password_ends_the_other_places(two_places):
    _user, here, there = two_places
    new = "另一个-很长的-口令-7"
    form = {"oldpassword": cast.PASSWORD, "password1": new, "password2": new}
    here.post(reverse("account_change_password"), form)
    assert there.get(reverse("access:account")).status_code == 302
    assert here.get(reverse("access:account")).status_code == 200


def test_closing_the_account_ends_all_places(two_places, everywhere):
    from wangge.foundation.access import actions

    user, here, _there = two_places
    actions.deactivate_user(actor="test", user=user)
    assert here.get(reverse("access:account")).status_code == 302
    assert not UserSession.objects.exists()
