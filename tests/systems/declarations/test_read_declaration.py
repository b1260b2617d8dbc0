"""What is accepted and what is refused, each in its own sentence; nothing here needs a database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.systems.declarations.intake import BORN, a_payload, id_number, somebody
from wangge.lib.identifiers import make_demo_id
from wangge.systems.declarations.reading import Refused, Report, read


def taken(**facts: Any) -> Report:
    return read(a_payload(**facts), timezone.now())


def refused(**facts: Any) -> dict[str, str]:
    with pytest.raises(Refused) as caught:
        read(a_payload(**facts), timezone.now())
    return caught.value.errors


def with_name(name: Any) -> dict[str, Any]:
    return {"people": [somebody(name=name)]}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("阿不都拉·买买提", "阿不都拉·买买提"),
        ("阿不都拉•买买提", "阿不都拉·买买提"),
        ("欧阳娜娜", "欧阳娜娜"),
        ("司徒 文 轩", "司徒文轩"),
        ("𠮷野家", "𠮷野家"),
        ("㛃", "㛃"),
        ("Maria del Carmen O'Neill", "Maria del Carmen O'Neill"),
        ("　林晓月 ", "林晓月"),
    ],
)
def test_names_of_all_kinds_are_kept_as_they_are(written: str, kept: str) -> None:
    assert taken(**with_name(written)).people[0].name == kept


@pytest.mark.parametrize(
    "name",
    ["张三😀", "林\x00晓月", "林\ud800", "李四、王五", "无", "张*", "1390", "林" * 61, "", 7, None, ["林"]],
)
def test_what_is_no_name_is_refused_in_words(name: Any) -> None:
    errors = refused(**with_name(name))
    assert list(errors) == ["people.0.name"] and errors["people.0.name"]


def test_a_number_of_another_district_is_fine_and_tells_birth_and_sex() -> None:
    number = "11010519491231002X"  # the example of GB 11643-1999
    human = taken(people=[somebody(id_no=number)]).people[0]
    assert (human.id_no, human.birth, human.sex, human.id_type) == (number, date(1949, 12, 31), "2", "111")


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (id_number()[:-1] + ("0" if id_number()[-1] != "0" else "1"), "校验位"),
        (id_number()[:-1], "位数"),
        ("000000199005060011", "校验位"),
        (make_demo_id("999703", date(2099, 1, 1), 1), "晚于今天"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused(number: str, says: str) -> None:
    assert says in refused(people=[somebody(id_no=number)])["people.0.id_no"]


def test_a_number_that_contradicts_the_birth_is_refused() -> None:
    assert "不一致" in refused(people=[somebody(birth="1991-01-01")])["people.0.id_no"]
    assert taken(people=[somebody(birth=BORN.isoformat())]).people[0].birth == BORN


def test_passports_and_other_papers_are_taken() -> None:
    people = [
        somebody(id_type="414", id_no="E12345678"),
        somebody(id_type="990", id_no="AB-1", name="林小雨", phone=""),
        somebody(id_type="", id_no="", name="林小雪", phone="", birth="2020-02-29"),
    ]
    assert [one.id_no for one in taken(people=people).people] == ["E12345678", "AB-1", ""]


def test_the_same_number_twice_in_a_family_is_refused() -> None:
    assert list(refused(people=[somebody(), somebody(name="别人")])) == ["people.1.id_no"]


def test_arrivals_lie_within_reason() -> None:
    now = timezone.now()
    for days in (-300, 0, 80):
        arrive = (now + timedelta(days=days)).isoformat()
        assert taken(trip={"arrive_at": arrive}).journey.arrive_at is not None
    for text in (
        (now + timedelta(days=200)).isoformat(),
        "1970-01-01T00:00",
        "9999-12-31T23:59",
        "0001-01-01T00:00",
    ):
        assert list(refused(trip={"arrive_at": text})) == ["trip.arrive_at"]
    assert list(refused(trip={"arrive_at": "明天"})) == ["trip.arrive_at"]


def test_a_time_without_an_offset_is_the_district_s() -> None:
    local = timezone.localtime().replace(microsecond=0)
    sent = local.replace(tzinfo=None).isoformat()
    assert taken(trip={"arrive_at": sent}).journey.arrive_at == local


def test_arriving_before_leaving_is_refused() -> None:
    now = timezone.now()
    trip = {"depart_at": now.isoformat(), "arrive_at": (now - timedelta(hours=1)).isoformat()}
    assert list(refused(trip=trip)) == ["trip.arrive_at"]


def test_somebody_can_be_reached() -> None:
    assert list(refused(people=[somebody(phone="")])) == ["people.0.phone"]
    proxy = {"reported_by": "worker", "reporter": {"name": "王格", "phone": "10000000002"}}
    assert taken(people=[somebody(phone="")], **proxy).reporter_phone == "10000000002"


def test_without_consent_nothing_is_taken() -> None:
    assert list(refused(consent={})) == ["consent.notice"]
    assert list(refused(consent=None)) == ["consent.notice"]


@pytest.mark.parametrize(
    ("field", "value", "path"),
    [
        ("report", "1", "report"),
        ("report", None, "report"),
        ("kind", "arriving", "kind"),
        ("kind", "", "kind"),
        ("reported_by", "friend", "reported_by"),
        ("people", [], "people"),
        ("people", "林晓月", "people"),
        ("people", [somebody(serial) for serial in range(21)], "people"),
        ("trip", {"from_region": "990000"}, "trip.from_region"),
        ("trip", {"from_region": "44"}, "trip.from_region"),
        ("trip", {"transport": "rocket"}, "trip.transport"),
        ("trip", {"trip_no": "C" * 31}, "trip.trip_no"),
        ("trip", {"via": ["广州"] * 11}, "trip.via"),
        ("trip", {"via": [7]}, "trip.via.0"),
        ("stay", {"address": "长" * 201}, "stay.address"),
        ("stay", {"address": "a\x07b"}, "stay.address"),
        ("stay", {"until": "2020-01-01"}, "stay.until"),
        ("stay", {"until": "下周"}, "stay.until"),
        ("stay", {"until": f"{timezone.localdate():%F}1"}, "stay.until"),
        ("stay", ["甲一社区"], "stay"),
        ("code", "A" * 401, "code"),
    ],
)
def test_each_fault_is_told_at_its_place(field: str, value: Any, path: str) -> None:
    assert path in refused(**{field: value})


def test_a_wrong_name_hides_nothing_else_that_is_missing() -> None:
    assert set(refused(people=[{"name": "😀"}])) == {"people.0.name", "people.0.id_no", "people.0.phone"}


def test_all_faults_are_told_at_once() -> None:
    errors = refused(kind="", people=[somebody(name="", phone="12")], trip={"transport": "x"})
    assert {"kind", "people.0.name", "people.0.phone", "trip.transport"} <= set(errors)
