"""Enterprise responsibility (S29): code, pledge, monthly self-check, who is missing."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.hazards.hazard_cast import a_firm, a_photo, the
from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.lib import signing
from wangge.lib.fonts import NoFont
from wangge.systems.hazards.actions.firms import Signed, issue_link, remind, revoke_link, sign_pledge
from wangge.systems.hazards.models import Inspection, Link, Pledge
from wangge.systems.hazards.outgoing.notices import card_pdf
from wangge.systems.hazards.queries.firms import by_side, opened, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("checklists")]


@pytest.fixture
def link():
    return issue_link(actor=cast.secretary(), organisation=a_firm("虚构五金店"))


def month():
    return timezone.localdate().replace(day=1)


def at(link):
    return reverse("hazardcheck:check", args=[token_of(link)])


def answers(**more):
    return {"op": str(uuid4())} | {f"item-{item.name}": "good" for item in the("hazard_firm").items} | more


def test_the_firms_page_opens_without_an_account_and_shows_its_list(link):
    page = Client().get(at(link)).content.decode()
    assert "虚构五金店" in page and "安全承诺书" in page and "危险化学品存放" in page


def test_a_self_check_with_a_bad_item_opens_a_hazard_with_source_self(link):
    form = answers(**{"item-exit": "larger", "words-exit": "门口堆货"})
    for _again in range(2):
        assert Client().post(at(link), form).status_code == 302
    row, case = Inspection.objects.get(), Case.objects.get()
    assert (row.by, row.month, row.bad) == ("self", month(), 1)
    assert (case.source, case.kind, case.organisation) == ("self", "firm", link.organisation)
    assert "已收到" in Client().get(at(link)).content.decode()


def test_its_own_word_closes_nothing(link):
    Client().post(at(link), answers(**{"item-exit": "fixed"}) | {"photo-exit": a_photo()})
    case = Case.objects.get()
    assert case.state == "found" and "请复查" in case.words


def test_an_item_left_open_comes_back(link):
    form = answers()
    del form["item-exit"]
    answer = Client().post(at(link), form)
    assert answer.status_code == 422 and "还有 1 项没有选" in answer.content.decode()


def test_the_month_before_may_be_handed_in_late(link):
    before = (month() - timedelta(days=1)).replace(day=1)
    Client().post(at(link), answers(month=f"{before:%Y-%m}"))
    assert Inspection.objects.get().month == before
    assert list(by_side("", month(), "missing")) == [link] and not by_side("", before, "missing")


def test_the_pledge_is_signed_once_a_year(link):
    form = {"what": "pledge", "op": str(uuid4()), "name": "欧阳试", "post": "店长"}
    assert Client().post(at(link), form | {"name": " "}).status_code == 422
    for _again in range(2):
        assert Client().post(at(link), form).status_code == 302
    assert Pledge.objects.get().year == timezone.localdate().year
    assert "承诺书已签" in Client().get(at(link)).content.decode()
    other = Signed(uuid4(), "司马试", "经理")
    assert sign_pledge(link=link, signed=other).name == "欧阳试"
    with pytest.raises(Unacceptable):
        sign_pledge(link=link, signed=Signed(Pledge.objects.get().op, "司马试", "经理"))


def test_an_old_a_forged_and_another_kind_of_code_open_nothing(link):
    old = at(link)
    issue_link(actor="test", organisation=link.organisation, anew=True)
    assert Client().get(old).status_code == 410
    forged = reverse("hazardcheck:check", args=[token_of(link)[:-4] + "AAAA"])
    assert Client().get(forged).status_code == 404
    ends = timezone.now() + timedelta(days=1)
    other = signing.sign(signing.Token("B", int(link.number), 1, ends))
    assert opened(other).why == "unknown"


def test_a_revoked_code_and_a_closed_firm_open_nothing(link):
    address = at(link)
    link.organisation.closed_on = timezone.localdate()
    link.organisation.save()
    assert Client().get(address).status_code == 404
    revoke_link(actor=cast.secretary(), link=link)
    assert Client().get(address).status_code == 410


def test_missing_firms_are_listed_and_reminded_once_a_day(link, logged_in):
    client = logged_in(cast.secretary())
    page = client.get(reverse("hazards:firms")).content.decode()
    assert "虚构五金店" in page and "未交" in page
    for _again in range(2):
        client.post(reverse("hazards:remind"), {"month": f"{month():%Y-%m}"})
    told = Entry.objects.get(kind="hazard.reminder_requested")
    assert told.data == {"organisation": link.organisation_id, "month": month().isoformat()}
    Client().post(at(link), answers())
    assert "虚构五金店" not in client.get(reverse("hazards:firms")).content.decode()
    assert "虚构五金店" in client.get(reverse("hazards:firms") + "?side=done").content.decode()


def test_a_firm_keeps_its_code_and_nobody_gives_or_reminds_outside_her_area(link):
    assert issue_link(actor="test", organisation=link.organisation).round == 1
    for refused in (
        lambda: issue_link(actor=cast.secretary(cast.OTHER_COMMUNITY), organisation=a_firm()),
        lambda: revoke_link(actor=cast.secretary(cast.OTHER_COMMUNITY), link=link),
        lambda: remind(actor=cast.secretary(cast.OTHER_COMMUNITY), links=[link], month=month()),
    ):
        with pytest.raises(Refused):
            refused()


def test_codes_are_issued_for_all_firms_of_an_area_and_printed(link, logged_in):
    a_firm()
    client = logged_in(cast.secretary())
    client.post(reverse("hazards:issue"), {"area": cast.COMMUNITY})
    assert Link.objects.count() == 2
    page = client.get(reverse("hazards:card", args=[link.pk])).content.decode()
    assert "<svg" in page and "虚构五金店" in page
    try:
        assert card_pdf(link, address="HTTPS://X/S/A", place="甲一社区").startswith(b"%PDF")
    except NoFont as why:
        assert "字体" in str(why)
