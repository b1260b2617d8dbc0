"""Programs read codes and declarations: within reach, masked, page by page, and the person can see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.foundation.clients.clients_cast import calling, program
from tests.systems.declarations.declared_cast import ID_NO, NAME, PHONE, a_code, a_declaration
from wangge.foundation.access.models import Reading
from wangge.systems.declarations.models import Declaration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
API = "/api/v1"


@pytest.fixture
def system():
    return calling(program(cast.TOWN, per_minute=1000)[1])


def test_the_newest_declarations_in_reach_masked(system):
    a_declaration(cast.OTHER_COMMUNITY)
    older, newer = a_declaration(), a_declaration(cast.GRID)
    answer = system.get(f"{API}/declarations")
    said = answer.json()["declarations"]
    assert [row["receipt"] for row in said] == [newer.receipt, older.receipt]
    assert said[0]["name"] == "欧**某" and said[0]["id_no"].startswith("999***")
    for value in (NAME, ID_NO, PHONE, "501"):
        assert value not in answer.content.decode()


def test_pages_give_every_row_once_although_others_write(system):
    rows = [a_declaration() for _row in range(7)]
    seen, after = [], ""
    while True:
        page = system.get(f"{API}/declarations", {"limit": 3, "after": after}).json()
        seen += [row["receipt"] for row in page["declarations"]]
        a_declaration()
        after = page["after"]
        if not after:
            break
    assert seen == [row.receipt for row in reversed(rows)]


@pytest.mark.parametrize("after", ["x", "a2E", "-1", "0", "k1", "!!!!", "密", "ay0x"])
def test_a_cursor_nobody_gave_is_422(system, after):
    answer = system.get(f"{API}/declarations", {"after": after})
    assert answer.status_code == 422 and answer.json()["code"] == "invalid"


def test_filters_narrow(system):
    a_declaration(state="verified", kind="leaving")
    wanted = a_declaration(cast.GRID, received_at=timezone.now() + timedelta(hours=1))
    since = (timezone.now() + timedelta(minutes=30)).isoformat()
    for asked in ({"state": "submitted"}, {"kind": "returning"}, {"since": since}, {"area": cast.GRID}):
        said = system.get(f"{API}/declarations", asked).json()["declarations"]
        assert [row["receipt"] for row in said] == [wanted.receipt], asked


NO_FILTER = [
    {"state": "nowhere"}, {"limit": 0}, {"limit": 501}, {"since": "2026-01-01T00:00"}, {"area": "' OR 1=1"},
]  # fmt: skip


@pytest.mark.parametrize("asked", NO_FILTER)
def test_a_filter_that_means_nothing_is_422_and_quotes_nothing(system, asked):
    answer = system.get(f"{API}/declarations", asked)
    assert answer.status_code == 422
    assert "OR 1=1" not in answer.content.decode()


def test_another_areas_declarations_do_not_exist(system):
    other = a_declaration(cast.OTHER_COMMUNITY)
    assert system.get(f"{API}/declarations", {"area": cast.OTHER_COMMUNITY}).status_code == 404
    answers = [system.get(f"{API}/declarations/{receipt}") for receipt in (other.receipt, "R9999999")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_a_report_is_read_whole(system):
    head = a_declaration()
    a_declaration(report=head.report, line=1, receipt=head.receipt, name="欧阳子")
    said = system.get(f"{API}/declarations/{head.receipt}").json()
    assert [line["name"] for line in said["lines"]] == ["欧**某", "欧*子"]


def test_who_read_is_written_down_once_in_ten_minutes(system):
    row = a_declaration()
    for _again in range(3):
        system.get(f"{API}/declarations")
    system.get(f"{API}/declarations/{row.receipt}")
    read = Reading._base_manager.filter(subject_type="declarations.declaration", subject_id=str(row.pk))
    assert sorted(read.values_list("what", flat=True)) == ["export", "view"]
    assert read.first().actor.startswith("client:program-") and read.first().actor_name == "区示范局"


def test_codes_of_the_reach_and_those_in_force(system):
    gone = a_code(revoked_at=timezone.now())
    live = a_code(cast.GRID)
    a_code(cast.OTHER_COMMUNITY)
    said = system.get(f"{API}/codes").json()["codes"]
    assert [code["number"] for code in said] == [live.number, gone.number]
    assert [code["number"] for code in system.get(f"{API}/codes?valid=true").json()["codes"]] == [live.number]
    assert [code["number"] for code in system.get(f"{API}/codes?valid=false").json()["codes"]] == [
        gone.number
    ]


def test_a_signed_in_officer_reads_by_her_right_and_another_is_refused(logged_in):
    a_declaration()
    assert len(logged_in(cast.officer()).get(f"{API}/declarations").json()["declarations"]) == 1
    for user in (cast.leader(), cast.system_admin()):
        assert logged_in(user).get(f"{API}/declarations").json()["code"] == "right_missing"


def test_a_page_costs_the_same_number_of_questions_however_long(system, django_assert_max_num_queries):
    for _row in range(30):
        a_declaration(code=a_code())
    assert Declaration._base_manager.count() == 30
    with django_assert_max_num_queries(16):
        system.get(f"{API}/declarations")
