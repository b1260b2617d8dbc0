"""What every system's page of a new case does: similar ones first, then one number."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path, reverse

from tests import cast
from tests.engines.cases.case_cast import TRIED, opened
from tests.engines.cases.page_cast import upload
from wangge.engines.cases import kinds
from wangge.engines.cases.console.opening import open_page
from wangge.engines.cases.forms.opening import OpeningForm
from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import requires

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_own_page")]
TOLD = {"kind": "rubbish", "title": "楼下垃圾没人收", "words": "三天没有清", "area": cast.GRID}


@requires("case.open")
def page(request: HttpRequest) -> HttpResponse:
    """As a system writes it."""
    given = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    return open_page(request, form=OpeningForm(TRIED, **given), source="office")


urlpatterns = [path("tried/new/", page, name="tried_new"), path("", include("wangge.site.urls"))]


@pytest.fixture
def _own_page():
    kinds.register(TRIED)
    with override_settings(ROOT_URLCONF=__name__):
        yield


def sent(**told: str) -> dict[str, str]:
    return TOLD | {"op": str(uuid4())} | told


def test_a_matter_gets_its_number_once(logged_in):
    browser, told = logged_in(cast.secretary()), sent()
    assert browser.get("/tried/new/").status_code == 200
    answers = [browser.post("/tried/new/", told | {"photos": [upload()]}) for _time in range(2)]
    case = Case.objects.get()
    assert [a.status_code for a in answers] == [302, 302]
    assert answers[1].url == reverse("cases:show", args=[case.number])
    assert case.source == "office" and case.steps.get().photos[0]["when"] == "before"


def test_similar_ones_are_shown_before_a_number_is_given(logged_in):
    like, browser, told = opened(), logged_in(cast.secretary()), sent()
    first = browser.post("/tried/new/", told | {"photos": [upload()]})
    said = first.content.decode()
    assert first.status_code == 200 and like.number in said and "不是同一件，登记" in said
    assert Case.objects.count() == 1
    kept = re.search(r'name="kept" value="([^"]+)"', said)
    assert kept and browser.post("/tried/new/", told | {"looked": "1", "kept": kept[1]}).status_code == 302
    assert Case.objects.count() == 2
    assert Case.objects.latest("pk").steps.get().photos


def test_similar_ones_are_shown_while_typing_too(logged_in):
    like, browser = opened(), logged_in(cast.secretary())
    address = reverse("cases:alike", args=["tried"])
    assert like.number in browser.post(address, TOLD).content.decode()
    assert like.number not in browser.post(address, TOLD | {"area": ""}).content.decode()
    assert browser.post(reverse("cases:alike", args=["nosuch"]), TOLD).status_code == 404
    far = logged_in(cast.secretary(cast.OTHER_COMMUNITY))
    assert like.number not in far.post(address, TOLD).content.decode()


def test_without_an_area_a_place_is_needed_and_the_river_is_no_grid(logged_in):
    browser = logged_in(cast.secretary())
    none = browser.post("/tried/new/", sent(area=""))
    assert none.status_code == 422 and "请选一个区域" in none.content.decode()
    river = browser.post("/tried/new/", sent(area="", lon="113.1", lat="22.5"))
    assert river.status_code == 422 and "在江面上" in river.content.decode()


def test_another_area_than_hers_is_not_offered(logged_in):
    answer = logged_in(cast.secretary()).post("/tried/new/", sent(area=cast.OTHER_GRID))
    assert answer.status_code == 422 and Case.objects.count() == 0
