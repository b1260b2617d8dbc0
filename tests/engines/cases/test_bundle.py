"""The evidence bundle: it proves itself, names are left out unless somebody says why."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse

from tests import cast
from tests.engines.cases.case_cast import handled, opened, step
from tests.engines.cases.page_cast import take, upload
from wangge.engines.cases.actions import Reporter
from wangge.engines.cases.actions.bundle import bundle_of
from wangge.engines.cases.actions.keys import public_keys
from wangge.engines.cases.models import Step
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.lib.evidence import fingerprint, verify

pytestmark = pytest.mark.django_db


def texts(bundle: bytes) -> str:
    """Everything that can be read in it but the photos."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as file:
        return "\n".join(
            file.read(name).decode() for name in file.namelist() if not name.startswith("photos")
        )


def test_the_bundle_holds_with_its_photos_and_without_names(logged_in):
    secretary = cast.secretary()
    case, browser = opened(secretary, reporter=Reporter("刘反映", "10012345678")), logged_in(secretary)
    take(browser, case, "file", level="third", photos=[upload()])
    answer = browser.post(reverse("cases:bundle", args=[case.number]))
    report = verify(answer.content)
    assert report.ok and answer.headers["Content-Disposition"].endswith(f'{case.number}.zip"')
    said = texts(answer.content)
    assert secretary.username not in said and secretary.name not in said
    assert "刘反映" not in said and "10012345678" not in said
    assert case.title in said
    line = Entry.objects.get(kind="case.bundled")
    assert line.actor == secretary.username and line.data["full"] is False


def test_names_are_in_it_only_for_a_reason(logged_in):
    secretary = cast.secretary()
    case = opened(secretary)
    with pytest.raises(Unacceptable):
        bundle_of(actor=secretary, case=case, full=True, reason="")
    full = bundle_of(actor=secretary, case=case, full=True, reason="审计要看")
    assert verify(full).ok and secretary.name in texts(full)
    assert Entry.objects.get(kind="case.revealed").reason == "审计要看"


def test_who_does_not_see_the_case_has_no_bundle(logged_in):
    case = opened()
    with pytest.raises(Refused):
        bundle_of(actor=cast.secretary(cast.OTHER_COMMUNITY), case=case)


def test_a_step_that_somebody_changed_in_the_database_is_not_signed(logged_in):
    case = handled(opened())
    Step.objects.filter(case=case, number=2).update(words="改过")
    with pytest.raises(Unacceptable, match="第 2 步"):
        bundle_of(actor="test", case=case)


def test_a_bundle_signed_with_an_older_key_still_names_a_known_key(settings):
    case = opened()
    step(case, "file", level="third")
    old = public_keys()
    settings.TOKEN_KEYS += ",9:" + "ab" * 32
    assert list(public_keys())[:-1] == list(old) and public_keys() | old == public_keys()
    assert len({fingerprint(public) for public in public_keys().values()}) == len(old) + 1
    assert verify(bundle_of(actor="test", case=case)).ok
