"""What is said and who the parties are is shown to who handles the dispute: on pages, in searches, exports,
bundles; each look is logged and the party sees it."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.engines.cases.page_cast import picture, shown
from tests.systems.disputes.dispute_cast import (
    ID_ONE,
    ONE,
    OTHER,
    SECRET,
    a_dispute,
    a_person,
    a_session,
    followed,
    mediating,
    one,
    other,
    said,
    signed,
    step,
)
from wangge.engines.cases.actions.bundle import bundle_of
from wangge.engines.cases.actions.photos import keep_photo
from wangge.foundation.access.models import Reading
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.lib import evidence
from wangge.registry.rights.queries.readers import looks_at
from wangge.systems.disputes.actions.revealing import reveal_party
from wangge.systems.disputes.actions.sessions import record_session
from wangge.systems.disputes.models import Party
from wangge.systems.disputes.own_data import own_disputes

pytestmark = pytest.mark.django_db
SECRETS = (ONE, OTHER, SECRET, ID_ONE, "10011112222", "虚构路", "赔天花板", "天花板修理费", "双方都说了一遍",
           "上门问过", "1200.00")  # fmt: skip


def told(page: str) -> set[str]:
    """The secrets that stand on a page."""
    return {secret for secret in SECRETS if secret in page}


@pytest.fixture
def secretary():
    return cast.secretary()


@pytest.fixture
def case(secretary):
    case = mediating(secretary)
    a_session(case, secretary)
    signed(case, secretary)
    followed(case, secretary)
    return case


@pytest.mark.parametrize("who", ["worker", "secretary", "officer", "district_user"])
def test_whoever_does_not_handle_it_reads_letters_and_no_word(who, case, logged_in):
    page = shown(logged_in(getattr(cast, who)()), case)
    assert not told(page) and "申请人甲" in page and "只给承办的人看" in page
    assert not Reading.objects.filter(subject_type="disputes.party").exists()


def test_who_handles_it_reads_all_but_numbers_and_it_is_logged(case, secretary, logged_in):
    page = shown(logged_in(secretary), case)
    assert told(page) == set(SECRETS) - {ID_ONE, "10011112222"}
    assert Reading.objects.filter(subject_type="disputes.party", actor=secretary.username).count() == 2


@pytest.mark.parametrize(
    "name", ["parties", "session", "agreement", "follow", "appoint"],
)  # fmt: skip
def test_pages_of_who_handles_it_are_refused_to_others(name, case, secretary, logged_in):
    address = reverse(f"disputes:{name}", args=[case.number])
    assert logged_in(cast.worker()).get(address).status_code == 403
    assert logged_in(cast.secretary(cast.OTHER_COMMUNITY)).get(address).status_code == 404
    assert logged_in(secretary).get(address).status_code == 200


def test_nobody_finds_it_by_a_name_or_a_word(case, secretary, logged_in):
    for address in (reverse("disputes:list"), reverse("cases:workbench")):
        for word in (ONE, "赔天花板", SECRET):
            page = logged_in(secretary).get(address, {"q": word, "mine": "0"}).content.decode()
            assert case.number not in page


def test_the_export_and_the_log_name_no_party(case, secretary, logged_in):
    for name in ("export", "log_file"):
        answer = logged_in(secretary).get(reverse(f"disputes:{name}"))
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        text = repr([row for sheet in book for row in sheet.iter_rows(values_only=True)])
        assert not told(text) and secretary.name in text


def test_a_photo_is_shown_to_who_handles_it_only(secretary, logged_in):
    case = mediating(secretary)
    digest = keep_photo(actor=secretary, content=picture(), area_code="")
    record_session(actor=secretary, case=case, told=said(secretary, photos=(digest,)))
    address = reverse("cases:photo", args=[case.number, digest])
    assert logged_in(secretary).get(address).status_code == 200
    for user in (cast.worker(), cast.officer()):
        assert logged_in(user).get(address).status_code == 404
        assert digest not in shown(logged_in(user), case)
        assert logged_in(user).get(reverse("photos:show", args=[digest])).status_code == 404


def files_of(bundle: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(bundle)) as box:
        return "".join(box.read(name).decode("utf-8", "ignore") for name in box.namelist())


def test_a_bundle_proves_what_was_done_and_tells_no_word(case, secretary):
    for actor, more in ((cast.officer(), {}), (secretary, {"full": True, "reason": "法院调取"})):
        made = bundle_of(actor=actor, case=case, **more)
        assert not told(files_of(made)) and evidence.verify(made).problems == []


def test_a_bundle_holds_photos_for_who_handles_it_and_gave_a_reason(secretary):
    case = mediating(secretary)
    digest = keep_photo(actor=secretary, content=picture(), area_code="")
    record_session(actor=secretary, case=case, told=said(secretary, photos=(digest,)))
    officer = cast.officer()
    reason = {"full": True, "reason": "法院调取"}
    assert digest not in files_of(bundle_of(actor=officer, case=case, **reason))
    assert digest not in files_of(bundle_of(actor=secretary, case=case))
    full = bundle_of(actor=secretary, case=case, **reason)
    with zipfile.ZipFile(io.BytesIO(full)) as box:
        assert any(digest in name for name in box.namelist())
    assert evidence.verify(full).problems == []


def test_words_of_every_step_are_kept_apart(secretary, logged_in):
    case = a_dispute(secretary)
    step(case, "accept", secretary, level="simple", words="先约双方")
    until = timezone.now() + timedelta(days=9)
    step(case, "wait", secretary, words="等房屋检测结论", until=until)
    assert "房屋检测" in shown(logged_in(secretary), case)
    assert "房屋检测" not in shown(logged_in(cast.officer()), case)
    assert not case.steps.exclude(words="").exists()


def test_the_same_step_again_is_the_same_and_other_words_are_refused(secretary):
    case, op = mediating(secretary), uuid4()
    assert step(case, "fail", secretary, op=op, words="谈不拢") == step(
        case, "fail", secretary, op=op, words="谈不拢"
    )
    with pytest.raises(Unacceptable, match="已经记过"):
        step(case, "fail", secretary, op=op, words="别的")


def test_a_dispute_is_not_split(case, secretary, logged_in):
    sent = {"op": uuid4(), "kind": "other", "title": "另一件", "area": case.area_code, "why": "两件事"}
    answer = logged_in(secretary).post(reverse("cases:split", args=[case.number]), sent)
    assert answer.status_code == 422 and not case.parts.exists()


def test_a_number_is_revealed_for_a_reason_and_the_party_sees_who_looked(secretary, logged_in):
    person = a_person()
    case = a_dispute(secretary, parties=[one(person=person.pk), other()])
    party = Party.objects.get(case=case, number=1)
    address = reverse("disputes:reveal", args=[case.number, party.pk])
    browser = logged_in(secretary)
    assert browser.post(address, {"field": "phone", "reason": ""}).status_code == 422
    answer = browser.post(address, {"field": "phone", "reason": "约时间调解"})
    assert "10011112222" in answer.content.decode()
    browser.post(address, {"field": "guardian_phone", "reason": "找监护人"})
    section = own_disputes(person)
    looks = {look.why: look.field for look in looks_at(person, [section])}
    assert looks["找监护人"] == "监护人" and looks["约时间调解"] == "联系电话"
    assert OTHER not in repr(section) and case.number in section.lines[0].text


def test_a_party_known_by_number_only_sees_it_too():
    a_dispute()
    assert len(own_disputes(a_person()).lines) == 1


def test_somebody_who_does_not_handle_it_reveals_nothing(case):
    with pytest.raises(Refused):
        reveal_party(actor=cast.officer(), party=Party.objects.first(), field="phone", reason="看看")


def test_a_leader_sees_no_case(case, logged_in):
    browser = logged_in(cast.leader())
    assert browser.get(reverse("cases:show", args=[case.number])).status_code == 403
    page = browser.get(reverse("disputes:rates"))
    assert page.status_code == 200 and not told(page.content.decode())
