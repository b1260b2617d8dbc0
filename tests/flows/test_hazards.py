"""What the field found becomes a hazard, once."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid4, uuid5

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.hazards.hazard_cast import a_firm, a_room, the
from wangge.engines.cases.models import Case
from wangge.engines.forms.models import Submission
from wangge.flows.hazards import open_found, take_checklist
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import EVERYWHERE, within
from wangge.lib.sealing import seal
from wangge.systems.fieldwork.actions.findings import report_now
from wangge.systems.fieldwork.actions.patrol import Seen, tell_finding
from wangge.systems.fieldwork.models import Finding
from wangge.systems.hazards.actions.pack import load_checklists
from wangge.systems.hazards.models import Inspection

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand(settings, tmp_path, ground):
    settings.HOME = tmp_path
    with within(EVERYWHERE):
        yield


def seen(**more):
    return Seen(op=uuid4(), at=timezone.now(), photos=("a" * 64,), **more)


def recorded():
    return Entry.objects.filter(kind="finding.recorded").latest("pk")


def test_a_reported_hazard_is_a_case_under_the_findings_own_op():
    worker, room = cast.worker(), a_room()
    finding = report_now(actor=worker, seen=seen(), kind="hazard", topic="气瓶", words="阳台上", room=room)
    for _again in range(2):
        open_found(recorded())
    case = Case.objects.get()
    assert (case.op, case.kind, case.title, case.room) == (finding.op, "gas", "气瓶", room)
    assert case.launcher == worker and case.state == "found"


def test_what_was_dealt_with_on_the_spot_is_closed_with_its_photo():
    worker = cast.worker()
    finding = Finding.objects.create(
        op=uuid4(), area_code=cast.GRID, kind="fixed", topic="楼道堆物", at=timezone.now(),
        photos=["b" * 64], worker=worker.get_username(),
    )  # fmt: skip
    tell_finding(worker, finding)
    open_found(recorded())
    case = Case.objects.get()
    assert case.state == "closed" and case.steps.get(key="fix_now").actor_user == worker


def test_an_event_is_no_hazard():
    report_now(actor=cast.worker(), seen=seen(), kind="event", topic="路灯")
    open_found(recorded())
    assert not Case.objects.exists()


def test_who_may_not_open_cases_any_more_does_not_lose_the_finding():
    finding = Finding.objects.create(
        op=uuid4(), area_code=cast.GRID, kind="hazard", topic="飞线", at=timezone.now(), worker="gone"
    )
    tell_finding("gone", finding)
    open_found(recorded())
    assert Case.objects.get().launcher is None


def an_answer(about, **said):
    listed = the("hazard_firm")
    root = listed.items[0].path.split("/")[1]
    values = {item.name: "good" for item in listed.items} | said
    parts = "".join(
        f"<{part}>{value}</{part}>"
        if len(steps) == 1
        else f"<{steps[0]}><{part}>{value}</{part}></{steps[0]}>"
        for item in listed.items
        if (steps := item.path.split("/")[2:]) and (part := steps[-1]) and (value := values[item.name])
    )
    xml = f'<{root} id="hazard_firm" version="1">{parts}</{root}>'
    return Submission.objects.create(
        area_code=cast.GRID, version=listed.version, worker=cast.worker(), organisation=about,
        instance="uuid:1234567890", digest="0" * 64, xml_sealed=seal(xml, "forms.answer"),
    )  # fmt: skip


def test_a_checklist_filled_in_on_a_phone_is_an_inspection():
    load_checklists(actor="test", area_code=cast.DISTRICT)
    row = an_answer(a_firm(), exit="larger", wires="fixed")
    entry = Entry(kind="form.answered", subject_id=str(row.pk))
    for _again in range(2):
        take_checklist(entry)
    kept = Inspection.objects.get()
    assert (kept.op, kept.by, kept.bad) == (uuid5(NAMESPACE_URL, "forms:uuid:1234567890"), "phone", 2)
    assert set(Case.objects.values_list("state", flat=True)) == {"found"}


def test_an_answer_about_nothing_is_none():
    load_checklists(actor="test", area_code=cast.DISTRICT)
    row = an_answer(None, exit="larger")
    take_checklist(Entry(kind="form.answered", subject_id=str(row.pk)))
    assert not Inspection.objects.exists() and not Case.objects.exists()
