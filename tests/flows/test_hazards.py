"""What the field found becomes a hazard, once."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid4, uuid5

import pytest
from django.utils import timezone

from tests import cast
from tests.foundation.photos.picture_cast import digest_of, jpeg
from tests.systems.hazards.hazard_cast import a_firm, a_room, the
from tests.systems.hazards.hazard_cast import told as told_to_put_right
from wangge.engines.cases.models import Case
from wangge.engines.forms.models import Attachment, Submission
from wangge.flows import drain
from wangge.flows.hazards import open_found, take_checklist
from wangge.foundation.journal.models import Entry
from wangge.foundation.photos import actions as photos
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


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load_checklists(actor="test", area_code=cast.DISTRICT)


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


def an_answer(about, photo="", **said):
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
    xml = f'<{root} id="hazard_firm" version="1">{parts}<photo>{photo}</photo></{root}>'
    row = Submission.objects.create(
        area_code=cast.GRID, version=listed.version, worker=cast.worker(), organisation=about,
        instance="uuid:1234567890", digest="0" * 64, xml_sealed=seal(xml, "forms.answer"),
        files=[photo] if photo else [],
    )  # fmt: skip
    if photo:
        Attachment.objects.create(submission=row, name=photo, digest=digest_of(jpeg()), size=0)
    return row


def photo_comes():
    """In one piece; every reaction to it runs."""
    content = jpeg()
    digest, size = digest_of(content), len(content)
    photos.announce(actor="test", digest=digest, size=size, area_code=cast.GRID)
    photos.append(actor="test", digest=digest, size=size, offset=0, piece=content)
    drain()


def test_what_a_form_calls_put_right_is_closed_when_its_photo_comes(media):
    row = an_answer(a_firm(), photo="1.jpg", exit="fixed", wires="larger", living="fixed")
    told = Entry(kind="form.answered", subject_id=str(row.pk))
    take_checklist(told)
    states = dict(Case.objects.values_list("data__item", "state"))
    assert set(states.values()) == {"found"}
    for _again in range(2):
        photo_comes()
        take_checklist(told)
    states = dict(Case.objects.values_list("data__item", "state"))
    assert states["exit"] == "closed" and states["wires"] == "found"
    step = Case.objects.get(data__item="exit").steps.get(key="fix_now")
    assert step.actor_user == row.worker and step.photos == [{"digest": digest_of(jpeg()), "when": "after"}]
    assert states["living"] == "found", "a major one is closed by the street alone"


def test_a_photo_that_was_there_before_the_form_closes_at_once(media):
    photo_comes()
    row = an_answer(a_firm(), photo="1.jpg", exit="fixed")
    take_checklist(Entry(kind="form.answered", subject_id=str(row.pk)))
    assert Case.objects.get().state == "closed"


def test_what_the_community_has_taken_further_meanwhile_is_left_to_it(media):
    row = an_answer(a_firm(), photo="1.jpg", exit="fixed")
    take_checklist(Entry(kind="form.answered", subject_id=str(row.pk)))
    told_to_put_right(Case.objects.get())
    photo_comes()
    assert Case.objects.get().state == "told"


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
