"""A whistle's page in English, at every stage and for everybody who has something to do there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import cast
from tests.systems.whistles.whistle_cast import (
    FAR,
    a_matter,
    a_unit,
    approved,
    blown,
    call_of,
    done,
    hinted,
    member,
    moved,
    reported,
    scored,
)
from tests.walls.test_english import chinese_left, english
from wangge.site.catalogues import compile_catalogues

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    compile_catalogues()


def test_no_chinese_but_data(logged_in):
    user = member()
    lead, helper, third = a_unit("Aa"), a_unit("Bb", user), a_unit("Cc")
    going = approved(lead, helper, third, matter=a_matter())
    reported(going, third, "object", words="no")
    moved(call_of(going, helper), sign_due=-timedelta(hours=3))
    far = approved(lead, helper)
    for what in ("sign", "contact", "arrive"):
        reported(far, helper, what, place=FAR if what == "arrive" else None)
    judged = done(approved(lead, helper), lead, helper)
    scored(judged, lead)
    hinted()
    pages = [reverse("cases:show", args=[row.case.number]) for row in (blown(lead), going, far, judged)]
    pages += [reverse("cases:show", args=[going.from_case.number]), reverse("whistles:list")]
    pages += [f"{reverse('whistles:departments')}", f"{reverse('whistles:rates')}"]
    pages.append(f"{reverse('whistles:new')}?case={a_matter().number}")
    for reader in (cast.secretary(), cast.officer(), user):
        browser = english(logged_in(reader))
        for page in pages:
            answer = browser.get(page)
            if answer.status_code == 200:
                assert chinese_left(answer.content.decode()) == [], page
