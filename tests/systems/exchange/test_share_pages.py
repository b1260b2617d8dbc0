"""The pages: asking, agreeing, a list in and flags out, the ledger; and nothing of a list anywhere after."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from tests import cast
from tests.systems.exchange.share_cast import (
    WHY,
    a_file,
    a_list,
    a_request,
    a_resident,
    an_agreed,
    an_id,
    cells,
    compared,
    past,
    workbook,
)
from wangge.lib.sealing import blind
from wangge.systems.exchange.models import Handover, ShareRequest
from wangge.systems.exchange.retention import KEPT, forget_old

pytestmark = pytest.mark.django_db
HOME = "/console/exchange/"


def form(**more):
    day = timezone.localdate() + timedelta(days=10)
    return {
        "op": uuid4(), "area": cast.COMMUNITY, "office": "虚构派出所", "purpose": WHY, "basis": "示例函",
        "fields_asked": ["name"], "expires_on": day.isoformat(),
    } | more  # fmt: skip


def test_from_asking_to_the_ledger(logged_in):
    a_resident(71, name="司空共")
    desk, street = logged_in(cast.secretary()), logged_in(cast.officer())
    assert "甲一社区" in desk.get(f"{HOME}new/").content.decode()
    desk.post(f"{HOME}new/", form())
    share = ShareRequest._base_manager.get()
    assert "等上一级" in desk.get(f"{HOME}{share.pk}/").content.decode()
    assert "同意" in street.post(f"{HOME}{share.pk}/answer/", {"answer": "yes"}, follow=True).content.decode()
    sent = {"op": uuid4(), "file": a_file(workbook([(1, "司徒异", an_id(71), ""), (2, "", an_id(73), "")]))}
    answer = desk.post(f"{HOME}{share.pk}/compare/", sent)
    rows = cells(answer.content)
    assert [row[:3] for row in rows[2:4]] == [[2.0, "信息不一致", "姓名"], [3.0, "不在册", ""]]
    assert "no-store" in answer["Cache-Control"] and "仅限工作使用" in rows[0][0]
    shown = desk.get(f"{HOME}{share.pk}/").content.decode()
    assert "2 行：在册 0，信息不一致 1，不在册 1，证件号无效 0" in shown and "已比对" in shown
    ledger = desk.get(f"{HOME}ledger/").content.decode()
    assert "虚构派出所" in ledger and f"#h-{Handover._base_manager.get().pk}" in ledger
    taken = cells(desk.get(f"{HOME}ledger/export/").content)
    assert taken[2][2:4] == ["虚构派出所", WHY] and taken[2][7:12] == [2.0, 0.0, 1.0, 1.0, 0.0]


def test_the_upload_sent_twice_says_so_and_gives_no_second_workbook(logged_in):
    share, desk, op = an_agreed(), logged_in(cast.secretary()), uuid4()
    for turn in range(2):
        answer = desk.post(
            f"{HOME}{share.pk}/compare/", {"op": op, "file": a_file(a_list(an_id(75)), "a.csv")}, follow=True
        )
        assert ("已经比过" in answer.content.decode(errors="replace")) == bool(turn)
    assert Handover._base_manager.count() == 1


def everything_stored() -> str:
    """Every value of every table and every file of the house."""
    rows = [str(row) for model in apps.get_models() for row in model._base_manager.values_list()]
    files = [path.read_bytes().decode("latin-1") for path in Path(settings.HOME).rglob("*") if path.is_file()]
    return "\n".join(rows + files)


def test_nothing_of_a_list_stays_and_nothing_of_ours_goes(logged_in):
    a_resident(77, name="欧阳在册", phone="10000000077")
    rows = [(1, "从未登记", an_id(79), "10000000079"), (2, "别的名字", an_id(77), "10000000078")]
    sent = {"op": uuid4(), "file": a_file(workbook(rows), "秘密名单.xlsx")}
    answer = logged_in(cast.secretary()).post(f"{HOME}{an_agreed().pk}/compare/", sent)
    stored = everything_stored()
    for gone in (
        an_id(79),
        blind(an_id(79)),
        "从未登记",
        "别的名字",
        "10000000079",
        "10000000078",
        "秘密名单",
    ):
        assert gone not in stored
    out = str(cells(answer.content))
    for ours in ("欧阳在册", an_id(77), "10000000077", *(cell for row in rows for cell in row[1:])):
        assert ours not in out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("码.png", b"\x89PNG", "只收 xlsx 或 csv"),
        ("a.csv", "姓名\n欧阳\n".encode(), "没有找到“证件号码”列"),
        ("a.csv", b"", "空的"),
    ],
    ids=["picture", "no_column", "empty"],
)
def test_a_wrong_file_says_what_to_do_on_the_page(logged_in, name, content, said):
    sent = {"op": uuid4(), "file": a_file(content, name)}
    answer = logged_in(cast.secretary()).post(f"{HOME}{an_agreed().pk}/compare/", sent)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Handover._base_manager.exists()


def test_after_its_day_the_page_offers_no_upload_and_takes_none(logged_in):
    share, desk = past(an_agreed()), logged_in(cast.secretary())
    shown = desk.get(f"{HOME}{share.pk}/").content.decode()
    assert "已过期" in shown and "/compare/" not in shown
    answer = desk.post(
        f"{HOME}{share.pk}/compare/", {"op": uuid4(), "file": a_file(a_list(an_id(1)), "a.csv")}
    )
    assert answer.status_code == 422 and "有效期" in answer.content.decode()


def test_ones_own_request_is_not_offered_for_an_answer_and_refused(logged_in):
    officer = cast.officer()
    share, desk = a_request(cast.TOWN, actor=officer), logged_in(officer)
    assert "/answer/" not in desk.get(f"{HOME}{share.pk}/").content.decode()
    assert desk.post(f"{HOME}{share.pk}/answer/", {"answer": "yes"}).status_code == 403
    share.refresh_from_db()
    assert share.state == "asked"


def test_declining_without_a_reason_says_so_and_with_one_is_shown_to_the_community(logged_in):
    share, street = a_request(), logged_in(cast.officer())
    answer = street.post(f"{HOME}{share.pk}/answer/", {"answer": "no"})
    assert answer.status_code == 422 and "不同意请写明理由" in answer.content.decode()
    street.post(f"{HOME}{share.pk}/answer/", {"answer": "no", "reason": "依据不足"})
    shown = logged_in(cast.secretary()).get(f"{HOME}{share.pk}/").content.decode()
    assert "依据不足" in shown and "未同意" in shown and "/compare/" not in shown


def test_in_english_the_page_is_english(logged_in):
    share = an_agreed()
    compared(share, a_list(an_id(87)))
    answer = logged_in(cast.secretary()).get(f"{HOME}{share.pk}/", headers={"accept-language": "en"})
    shown = answer.content.decode()
    assert "1 rows: registered 0" in shown and "Compare and download the result" in shown


def test_who_answers_sees_on_the_first_page_that_a_request_waits(logged_in):
    a_request()
    assert "待审批的共享申请" in logged_in(cast.officer()).get("/console/", follow=True).content.decode()
    assert (
        "待审批的共享申请" not in logged_in(cast.secretary()).get("/console/", follow=True).content.decode()
    )


@pytest.mark.parametrize("path", ["", "compare/", "answer/", "end/"])
def test_another_communitys_request_is_not_there(logged_in, path):
    share = an_agreed(cast.OTHER_COMMUNITY)
    desk = logged_in(cast.officer())
    answer = desk.post(f"{HOME}{share.pk}/{path}") if path else desk.get(f"{HOME}{share.pk}/")
    assert answer.status_code == 404


def test_a_grid_worker_and_a_leader_see_no_request_of_the_community(logged_in):
    share = a_request()
    assert logged_in(cast.worker()).get(f"{HOME}{share.pk}/").status_code == 404
    assert logged_in(cast.leader()).get(HOME).status_code == 403


def test_the_tabs_count_and_show_what_they_say(logged_in):
    secretary = cast.secretary()
    a_request(actor=secretary, office="虚构待批所")
    an_agreed(office="虚构已批所")
    past(an_agreed(office="虚构过期所"))
    from wangge.systems.exchange.sweeps import close_expired

    close_expired()
    desk = logged_in(secretary)
    for show, names in (
        ("open", {"待批", "已批"}), ("asked", {"待批"}), ("over", {"过期"}), ("mine", {"待批"}),
        ("all", {"待批", "已批", "过期"}), ("nonsense", {"待批", "已批"}),
    ):  # fmt: skip
        shown = desk.get(f"{HOME}?show={show}").content.decode()
        assert set(re.findall("虚构(.{2})所</a>", shown)) == names, show
    assert re.search(r"到期和结束的 1", shown)


@pytest.mark.parametrize(
    "query", ["since=2020-13-01", "since=9999-99-99&until=x", "page=99", "since=0001-01-01"]
)
def test_mistyped_days_are_no_filter(logged_in, query):
    compared(an_agreed(), a_list(an_id(81)))
    assert "虚构派出所" in logged_in(cast.secretary()).get(f"{HOME}ledger/?{query}").content.decode()


def test_the_ledger_keeps_to_its_days(logged_in):
    compared(an_agreed(), a_list(an_id(83)))
    desk, today = logged_in(cast.secretary()), timezone.localdate()
    assert "虚构派出所" in desk.get(f"{HOME}ledger/?since={today}&until={today}").content.decode()
    assert "没有比对过" in desk.get(f"{HOME}ledger/?until={today - timedelta(days=1)}").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"area": cast.OTHER_COMMUNITY}, {"purpose": ""}, {"expires_on": "2020-01-01"}, {"op": "x"}],
    ids=["area", "purpose", "day", "op"],
)  # fmt: skip
def test_a_form_that_is_wrong_keeps_what_was_typed(logged_in, wrong):
    answer = logged_in(cast.secretary()).post(f"{HOME}new/", form(**wrong))
    assert answer.status_code == 422 and "虚构派出所" in answer.content.decode()
    assert not ShareRequest._base_manager.exists()


def test_five_years_after_the_end_all_of_it_goes():
    young, old, running = past(an_agreed()), past(an_agreed()), an_agreed()
    compared(running, a_list(an_id(85)))
    for share, age in ((young, KEPT - timedelta(days=1)), (old, KEPT + timedelta(days=1))):
        ShareRequest._base_manager.filter(pk=share.pk).update(state="ended", closed_at=timezone.now() - age)
    Handover._base_manager.update(share=old)
    assert forget_old() == 1 and forget_old() == 0
    assert set(ShareRequest._base_manager.values_list("pk", flat=True)) == {young.pk, running.pk}
    assert not Handover._base_manager.exists()
