"""The field app gets the forms of the worker's grids, and none twice."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import cast
from wangge.engines.forms import actions

from .home_cast import form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def test_a_worker_lists_the_forms_of_the_own_grid_and_gets_each_once(logged_in):
    version = form(cast.DISTRICT)
    form(cast.OTHER_COMMUNITY, "other_form")
    browser = logged_in(cast.worker(cast.GRID))
    told = browser.get(reverse("fieldforms:list")).json()
    assert told == {
        "forms": [{"key": "home_form", "number": 1, "title": "入户检查", "digest": version.digest}]
    }
    address = reverse("fieldforms:form", args=["home_form", 1])
    first = browser.get(address)
    assert first["Content-Type"].startswith("application/xml") and b'id="home_form"' in first.content
    again = browser.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304 and not again.content
    assert browser.get(reverse("fieldforms:form", args=["other_form", 1])).status_code == 404
    assert browser.get(reverse("fieldforms:form", args=["home_form", 2])).status_code == 404
    actions.retire_form(actor="test", form=version.form)
    assert browser.get(address).status_code == 200  # an answer under way needs its form
    assert browser.get(reverse("fieldforms:list")).json() == {"forms": []}
