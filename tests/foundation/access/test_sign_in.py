"""Signing in: the password, the lockout, the second factor, what must be done first."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from tests import cast
from wangge.foundation.access import actions
from wangge.foundation.access.models import User
from wangge.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def sign_in(user: User, password: str = cast.PASSWORD, client: Client | None = None, **extra):
    client = client or Client()
    return client, client.post(
        reverse("account_login"), {"login": user.username, "password": password}, **extra
    )


def test_the_right_password_leads_home_and_is_in_the_trail(everywhere):
    user = cast.secretary()
    client, answer = sign_in(user)
    assert answer.status_code == 302 and answer.url == reverse("home")
    assert client.get(reverse("access:account")).status_code == 200
    assert Entry.objects.filter(kind="user.signed_in", actor=user.username).count() == 1


def test_the_wrong_password_says_so_in_chinese():
    _client, answer = sign_in(cast.secretary(), "wrong-wrong-1")
    assert "用户名或密码不对" in answer.content.decode()


def test_an_unknown_name_reads_like_a_wrong_password():
    _client, answer = sign_in(User(username="nobody-here"), "wrong-wrong-1")
    assert "用户名或密码不对" in answer.content.decode()


def test_a_closed_account_does_not_get_in():
    user = cast.worker()
    actions.deactivate_user(actor="test", user=user)
    client, _answer = sign_in(user)
    assert client.get(reverse("access:account")).status_code == 302


def test_the_fifth_failure_locks_user_and_address_and_says_until_when():
    user = cast.secretary()
    for _ in range(5):
        _client, answer = sign_in(user, "wrong-wrong-1")
    assert answer.status_code == 429 and "之后（约 15 分钟）再试" in answer.content.decode()
    _client, answer = sign_in(user)
    assert answer.status_code == 429


def test_four_failures_do_not_lock():
    user = cast.secretary()
    for _ in range(4):
        sign_in(user, "wrong-wrong-1")
    _client, answer = sign_in(user)
    assert answer.status_code == 302


def test_a_lock_does_not_hold_at_another_address():
    user = cast.secretary()
    for _ in range(5):
        sign_in(user, "wrong-wrong-1")
    _client, answer = sign_in(user, REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 302


def test_nobody_can_sign_up(client):
    assert client.get("/accounts/signup/").status_code == 404


def test_a_one_time_password_must_be_changed_first():
    user = cast.worker()
    secret = actions.reset_password(actor="test", user=user)
    client, _answer = sign_in(user, secret)
    assert client.get(reverse("access:account")).url == reverse("account_change_password")
    new = "另一个-很长的-口令-7"
    form = {"oldpassword": secret, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    assert client.get(reverse("access:account")).status_code == 200


@pytest.mark.parametrize("weak", ["short-1", "password123", "98765432101", cast.PASSWORD])
def test_a_weak_or_used_password_is_refused(logged_in, weak):
    user = cast.worker()
    client = logged_in(user)
    form = {"oldpassword": cast.PASSWORD, "password1": weak, "password2": weak}
    answer = client.post(reverse("account_change_password"), form)
    assert answer.status_code == 200 and "is-invalid" in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(cast.PASSWORD)


def test_an_administrator_without_second_factor_is_sent_to_get_one(logged_in, settings):
    settings.MFA_REQUIRED = True
    client = logged_in(cast.security_admin())
    assert client.get(reverse("access:users")).url == reverse("mfa_activate_totp")


def test_others_are_not_asked_for_a_second_factor(logged_in, settings):
    settings.MFA_REQUIRED = True
    assert logged_in(cast.secretary()).get(reverse("access:users")).status_code == 200


def code_for(secret: str) -> str:
    import time

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_second_factor_is_asked_for_once_it_is_on():
    user = cast.security_admin()
    client, _answer = sign_in(user)
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    assert "data:image/svg+xml;base64," in page.content.decode()
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}).status_code == 302
    assert secret not in str(Authenticator.objects.get(user=user, type="totp").data)
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200

    other, answer = sign_in(user)
    assert answer.url == reverse("mfa_authenticate")
    assert other.get(reverse("access:account")).status_code == 302
    assert "验证码不对" in other.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()


def test_an_idle_session_ends(logged_in, settings):
    client = logged_in(cast.worker())
    assert client.get(reverse("access:account")).status_code == 200
    assert client.session.get_expiry_age() <= 30 * 60
