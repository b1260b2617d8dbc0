"""GeoReport v2 as its specification has it, in JSON and XML; a key's reach, and what the public sees."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.utils import timezone

from tests import cast
from tests.foundation.clients.clients_cast import program
from tests.systems.incidents.incident_cast import INSIDE, RIVER, a_picture, closed, lay_shapes, reported
from wangge.engines.cases.models import Case
from wangge.foundation.territory.actions import change_setting

pytestmark = pytest.mark.django_db
BOTH = ["requests.read", "requests.write"]
BASE = "/open311/v2"


@pytest.fixture
def key() -> str:
    lay_shapes()
    return program(cast.DISTRICT, BOTH)[1]


def post(key: str, form: str = "json", **more: object):
    given = {
        "api_key": key, "service_code": "event-city", "lat": INSIDE[1], "long": INSIDE[0],
        "description": "路灯不亮", "first_name": "小萍", "last_name": "江", "phone": "10000012345",
    }  # fmt: skip
    return Browser().post(f"{BASE}/requests.{form}", {**given, **more})


def get(path: str, key: str = "", **asked: object):
    return Browser().get(f"{BASE}/{path}", {**({"api_key": key} if key else {}), **asked})


def test_discovery_and_services_need_no_key():
    (endpoint,) = get("discovery.json").json()["endpoints"]
    assert endpoint["url"].endswith(BASE) and endpoint["specification"].endswith("GeoReport_v2")
    services = get("services.json", jurisdiction_id=settings.DISTRICT).json()
    assert {"service_code", "service_name", "metadata", "type", "group"} <= services[0].keys()
    tree = ElementTree.fromstring(get("services.xml").content)
    assert tree.tag == "services" and len(tree.findall("service/service_code")) == len(services)
    definition = get(f"services/{services[0]['service_code']}.json").json()
    assert definition["attributes"][0]["code"] == "danger"
    xml = ElementTree.fromstring(get(f"services/{services[0]['service_code']}.xml").content)
    assert xml.tag == "service_definition" and xml.find("attributes/attribute/values/value/key") is not None


@pytest.mark.parametrize("path", ["services/weather-rain.json", "services.json?jurisdiction_id=440000"])
def test_what_does_not_exist_is_404_with_words(path):
    answer = Browser().get(f"{BASE}/{path}")
    assert answer.status_code == 404 and answer.json()[0]["code"] == 404 and answer.json()[0]["description"]


def test_a_request_is_posted_once_and_read_back(key):
    answer, again = (
        post(key, media=SimpleUploadedFile("a.jpg", a_picture())),
        post(key, media=SimpleUploadedFile("b.jpg", a_picture())),
    )
    (told,) = answer.json()
    assert answer.status_code == 201 and again.json() == answer.json() and Case.objects.count() == 1
    (row,) = get(f"requests/{told['service_request_id']}.json", key).json()
    assert (row["status"], row["service_code"], row["description"]) == ("open", "event-city", "路灯不亮")
    assert (
        (row["lat"], row["long"]) == (INSIDE[1], INSIDE[0])
        and row["requested_datetime"]
        and row["expected_datetime"] is None  # not filed yet
    )
    assert "10000012345" not in str(row) and Case.objects.get().steps.get().photos
    xml = ElementTree.fromstring(get(f"requests/{told['service_request_id']}.xml", key).content)
    assert (
        xml.tag == "service_requests"
        and xml.findtext("request/service_request_id") == told["service_request_id"]
    )


def test_somebody_in_danger_makes_it_urgent(key):
    post(key, **{"attribute[danger]": "yes"})
    assert Case.objects.get().level == "urgent"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"api_key": ""}, 403), ({"api_key": "wg_nothing"}, 403), ({"service_code": ""}, 400),
        ({"service_code": "event-rain"}, 404), ({"description": ""}, 400), ({"lat": "x"}, 400),
        ({"lat": RIVER[1], "long": RIVER[0]}, 400), ({"lat": "", "long": ""}, 400),
        ({"media": SimpleUploadedFile("a.jpg", b"no picture")}, 400), ({"description": "长" * 2001}, 400),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_in_the_callers_format(key, wrong, status):
    answer = post(key, "xml", **wrong)
    assert answer.status_code == status and not Case.objects.exists()
    tree = ElementTree.fromstring(answer.content)
    assert tree.findtext("error/code") == str(status) and tree.findtext("error/description")


def test_a_key_reaches_its_area_and_scope_alone(key):
    reported()
    lay, other = program(cast.OTHER_TOWN, BOTH)[1], program(cast.DISTRICT, ["requests.read"])[1]
    assert post(lay).status_code == 403 and post(other).status_code == 403
    assert get("requests.json", lay).json() == [] and len(get("requests.json", other).json()) == 1
    assert get(f"requests/{Case.objects.get().number}.json", lay).status_code == 404
    assert get("requests.json", program(cast.DISTRICT, ["areas.read"])[1]).status_code == 403


def test_filters_and_pages(key):
    one, two = reported().case, reported(words="井盖坏了", system="request").case
    closed(one)

    def ids(**asked: object) -> list[str]:
        return [row["service_request_id"] for row in get("requests.json", key, **asked).json()]

    assert ids() == [two.number, one.number] and ids(status="closed") == [one.number]
    assert ids(status="open,closed", page_size=1, page=2) == [one.number]
    assert ids(service_request_id=f"{one.number},0") == [one.number]
    assert ids(service_code=f"{two.system}-{two.kind}") == [two.number]
    later = (timezone.now() + timedelta(days=1)).isoformat()
    assert ids(start_date=later) == [] and ids(updated_after=later) == []
    for wrong in (
        {"status": "lost"},
        {"start_date": "x"},
        {"page": 0},
        {"start_date": "2020-01-01", "end_date": "2026-01-01"},
    ):
        assert get("requests.json", key, **wrong).status_code == 400


def test_updates_are_our_extension(key):
    case = closed(reported().case)
    rows = get("servicerequestupdates.json", key).json()
    assert rows[0]["service_request_id"] == case.number and rows[-1]["status"] == "closed"
    assert [row["updated_datetime"] for row in rows] == sorted(row["updated_datetime"] for row in rows)
    assert get("servicerequestupdates.json").status_code == 403


def test_the_public_sees_kind_state_and_a_rounded_place_where_the_district_allows_it(key):
    case = closed(reported(place=(113.08512, 22.60512), kind="city").case)
    assert get("requests.json").status_code == 403
    change_setting(actor="test", key="incidents.public_map", value=True)
    (row,) = get("requests.json").json()
    assert (row["service_request_id"], row["description"], row["address"]) == (case.number, "", "")
    assert (row["lat"], row["long"]) == (22.605, 113.085)


def test_without_a_key_or_a_map_a_number_tells_how_far_it_is_and_nothing_else(key):
    (told,) = post(key).json()
    number = told["service_request_id"]
    (row,) = get(f"requests/{number}.json").json()
    assert (row["status"], row["service_code"]) == ("open", "event-city") and row["status_notes"]
    kept = ("description", "address", "address_id", "agency_responsible", "lat", "long", "media_url")
    assert not any(row[name] for name in kept)
    assert get("requests.json", service_request_id=f"{number},1").json() == [row]
    assert get("requests.json").status_code == 403
    (other,) = post(key, service_code="event-wages", description="欠薪").json()
    assert get(f"requests/{other['service_request_id']}.json").status_code == 404
