"""pyodk reads our forms as it reads ODK Central: the real client, its requests led to Django."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.test import Client as Browser
from pyodk._utils.config import CentralConfig, Config
from pyodk.client import Client
from pyodk.errors import PyODKError
from requests import Response
from requests.adapters import BaseAdapter

from tests import cast
from tests.foundation.clients.clients_cast import program
from wangge.engines.forms import actions
from wangge.engines.forms.answers import read_answer
from wangge.foundation.access.models import Reading

from .home_cast import form, home, jpeg, member, person_row, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


class ToDjango(BaseAdapter):
    """Answers requests by Django's test client."""

    def send(self, request, **_more):
        at = urlsplit(request.url)
        headers = {f"HTTP_{name.upper().replace('-', '_')}": text for name, text in request.headers.items()}
        headers.pop("HTTP_ACCEPT_ENCODING", None)  # unpacking is the network adapter's, which is not here
        told = Browser().generic(
            request.method,
            f"{at.path}?{at.query}",
            request.body or b"",
            content_type=request.headers.get("Content-Type", ""),
            **headers,
        )
        answer = Response()
        answer.status_code, answer.request, answer.url = told.status_code, request, request.url
        answer.raw, answer.headers = io.BytesIO(told.content), told.headers
        return answer

    def close(self):
        pass


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def reader(tmp_path, area: str = cast.COMMUNITY, scopes=("forms.read",), password: str = "") -> Client:
    made, key = program(area, list(scopes))
    central = CentralConfig("https://testserver/odk", made.name, password or key, 1)
    opened = Client(config=Config(central), cache_path=tmp_path / "cache.toml", project_id=1)
    opened.session.mount("https://testserver", ToDjango())
    return opened


def answered(number: int, grid: str = cast.GRID):
    room, household = home(grid, door=str(number))
    person = member(room, household, "林试验")
    xml = sheet(
        person_row(person.pk, name="林试验", edu="high"),
        instance=f"uuid:7c0e6f1a-{number:04}",
        area="70.5",
        photo="a.jpg",
    )
    files = {"a.jpg": ContentFile(jpeg(), "a.jpg")} if number == 1 else {}
    actions.keep_answer(
        worker=cast.worker(grid), version=published(), answer=read_answer(xml), files=files, about=person
    )
    return person


def published():
    from wangge.engines.forms.models import FormVersion

    return FormVersion.objects.filter(form__key="home_form").first() or form(cast.DISTRICT)


def test_pyodk_signs_in_lists_and_reads_the_answers_of_its_area(tmp_path):
    people = [answered(1), answered(2)]
    answered(3, cast.OTHER_GRID)
    client = reader(tmp_path)
    assert [(project.id, project.name) for project in client.projects.list()] == [(1, "甲一社区")]
    [listed] = client.forms.list()
    assert (listed.xmlFormId, listed.state, listed.version) == ("home_form", "open", "1")
    assert client.forms.get("home_form").hash == listed.hash
    assert 'id="home_form"' in client.forms.get_xml("home_form")
    heads = client.submissions.list(form_id="home_form")
    assert [head.instanceId for head in heads] == ["uuid:7c0e6f1a-0002", "uuid:7c0e6f1a-0001"]
    assert client.submissions.get("uuid:7c0e6f1a-0001", form_id="home_form").instanceId.endswith("1")
    told = client.submissions.get_table(form_id="home_form", count=True, expand="*")
    assert told["@odata.count"] == 2
    row = told["value"][1]
    assert (row["__id"], row["area"], row["smoke"]) == ("uuid:7c0e6f1a-0001", 70.5, "y")
    assert row["__system"]["attachmentsPresent"] == row["__system"]["attachmentsExpected"] == 1
    assert told["value"][0]["__system"]["status"] == "missingAttachment"
    [told_of] = row["members"]
    assert told_of["name"] == "林*验" and told_of["phone"] == "100****0001" and told_of["edu"] == "high"
    assert set(Reading.objects.values_list("subject_id", "what")) == {
        (str(person.pk), "export") for person in people
    }


def test_a_page_at_a_time(tmp_path):
    for number in (1, 2, 3):
        answered(number)
    client = reader(tmp_path)
    told = client.submissions.get_table(form_id="home_form", top=1, skip=1, count=True)
    assert (told["@odata.count"], [row["__id"][-1] for row in told["value"]]) == (3, ["2"])
    link = told["value"][0]["members@odata.navigationLink"]
    assert link == "Submissions('uuid:7c0e6f1a-0002')/members"


def test_what_is_left_out_says_so_in_centrals_words(tmp_path):
    form()
    client = reader(tmp_path)
    for ask in (
        lambda: client.submissions.get_table(
            form_id="home_form", filter="year(__system/submissionDate) gt 1"
        ),
        lambda: client.submissions.create("<data/>", form_id="home_form"),
        lambda: client.entity_lists.list(),
    ):
        with pytest.raises(PyODKError) as refused:
            ask()
        assert refused.value.args[1].status_code == 501 and refused.value.args[1].json()["code"] == 501.1
    with pytest.raises(PyODKError) as refused:
        client.forms.get("no_such_form")
    assert refused.value.args[1].json()["code"] == 404.1


def test_a_wrong_key_a_missing_scope_and_a_strange_name_are_refused(tmp_path):
    form()
    for client in (
        reader(tmp_path / "a", password="wg_nothing"),
        reader(tmp_path / "b", scopes=("areas.read",)),
    ):
        with pytest.raises(PyODKError):
            client.projects.list()
    made, key = program(cast.COMMUNITY, ["forms.read"])
    told = {"email": f"{made.name}x", "password": key}
    assert Browser().post("/odk/v1/sessions", told, "application/json").status_code == 401
    assert Browser().post("/odk/v1/sessions", "[", "application/json").status_code == 400
    assert Browser().post("/odk/v1/sessions", "[1]", "application/json").status_code == 400
    assert Browser().get("/odk/v1/projects").json()["code"] == 401.2
