"""The door before a page, and the reach behind it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from tests import cast
from wangge.foundation.access.rules import Refused, requires
from wangge.lib.scoping import NOWHERE, Reach, current_reach, within

pytestmark = pytest.mark.django_db


def ask(view, user):
    request = RequestFactory().get("/somewhere/?page=2")
    request.user = user
    with within(Reach(("999",))):
        return view(request)


@requires("person.edit")
def page(request):
    return HttpResponse(",".join(current_reach().prefixes))


@requires("ledger.export")
def stream(request):
    return StreamingHttpResponse(",".join(current_reach().prefixes) + ";" for _ in range(2))


def test_a_stranger_is_led_to_the_login_page_and_back():
    assert ask(page, AnonymousUser()).url == "/accounts/login/?next=/somewhere/%3Fpage%3D2"


def test_without_the_right_it_is_refused():
    with pytest.raises(Refused):
        ask(page, cast.leader())


def test_the_page_reaches_only_where_the_right_is_held():
    both = cast.person_with(("grid_worker", cast.GRID), ("captain", cast.OTHER_GRID))
    assert ask(page, both).content.decode() == cast.GRID


def test_a_streamed_answer_keeps_the_reach_and_does_not_leak_it():
    answer = ask(stream, cast.secretary())
    with within(NOWHERE):
        parts = []
        for part in answer.streaming_content:
            assert current_reach() == NOWHERE
            parts.append(part.decode())
    assert parts == [f"{cast.COMMUNITY};"] * 2


def test_a_wider_grant_swallows_a_narrower_one():
    from wangge.foundation.access.queries import reach_of

    both = cast.person_with(("grid_worker", cast.GRID), ("street_officer", cast.TOWN))
    assert reach_of(both).prefixes == ("440703002",)
