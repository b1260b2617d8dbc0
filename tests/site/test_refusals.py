"""A refusal says what happened to whoever meets it."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from tests import cast
from wangge.foundation.access.rules import Refused
from wangge.site.refusals import forbidden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


def test_a_resident_is_led_to_the_first_page_and_a_worker_to_the_desk(logged_in):
    stranger = Client().get("/no-such-page").content.decode()
    assert 'href="/"' in stranger and "/console/" not in stranger
    assert "/console/" in logged_in(cast.worker()).get("/no-such-page").content.decode()


@pytest.mark.parametrize(
    "refusal, shown", [(Refused("今天已看过 50 人。"), True), (PermissionDenied("内部"), False)]
)
def test_only_what_was_meant_for_the_reader_is_shown(refusal, shown):
    request = RequestFactory().get("/")
    request.user = cast.nobody()
    assert (str(refusal) in forbidden(request, refusal).content.decode()) is shown
