"""``wangge user create`` opens the first accounts."""

import json

import pytest

from wangge.foundation.access.models import Grant, User
from wangge.site.cli import main

pytestmark = pytest.mark.django_db
CALL = ["user", "create", "anquan1", "--name", "安一", "--json", "--role"]


def test_opens_an_account_with_its_role(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CALL, "security_admin"]) == 0
    answer = json.loads(capsys.readouterr().out)
    user = User.objects.get(username="anquan1")
    assert user.check_password(answer["password"])
    assert user.must_change_password
    assert Grant.objects.get(user=user).role == "security_admin"


def test_refuses_a_role_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CALL, "king"]) == 1
    assert not User.objects.filter(username="anquan1").exists()


def test_refuses_a_name_that_is_taken() -> None:
    main([*CALL, "security_admin"])
    assert main([*CALL, "auditor"]) == 1
    assert Grant.objects.count() == 1
