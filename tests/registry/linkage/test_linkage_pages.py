"""The pages: the list, one pair, the answer and its undoing, runs, what made a person."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from tests.cast import COMMUNITY, GRID, OTHER_COMMUNITY, OTHER_GRID, TOWN
from tests.registry.linkage.linkage_cast import a_pair, a_room, doubtful, number, run, somebody, twice
from wangge.flows import worker
from wangge.foundation.access.models import Reading
from wangge.registry.linkage.enums import MACHINE, PairState
from wangge.registry.linkage.models import LinkRun, Pair
from wangge.registry.people.models import Merge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
LIST = "/console/linkage/"


def two(name: str = "甲一", grids: tuple[str, str] = (GRID, GRID)):
    return [somebody(name, room=a_room(f"{at}01", grid)) for at, grid in enumerate(grids, 1)]


def a_question(name: str = "甲一", **more) -> Pair:
    return a_pair(*two(name), **more)


def page(browser, address: str) -> str:
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("howmany", [1, 3])
def test_the_list_asks_the_database_no_more_for_more_rows(logged_in, howmany):
    browser = logged_in(cast.secretary())
    for index in range(howmany):
        a_question(f"甲{index}")
    page(browser, LIST)
    with CaptureQueriesContext(connection) as queries:
        assert page(browser, LIST).count('name="pair"') == howmany
    assert len(queries) <= 16


def test_those_worth_most_come_first_or_the_likeliest(logged_in):
    a_question("多益", gain=9.0, probability=0.5)
    a_question("更像", gain=1.0, probability=0.9)
    browser = logged_in(cast.secretary())
    by_gain, by_likeness = page(browser, LIST), page(browser, f"{LIST}?order=probability")
    assert by_gain.index("多益") < by_gain.index("更像")
    assert by_likeness.index("更像") < by_likeness.index("多益")


def test_the_list_is_filtered_by_area_and_run(logged_in):
    made = LinkRun.objects.create(area_code=COMMUNITY, asked_by="x", state="done")
    a_question("在内", run=made)
    a_question("在外", area_code=OTHER_COMMUNITY)
    browser = logged_in(cast.district_user())
    assert "在外" not in page(browser, f"{LIST}?run={made.pk}")
    inside = page(browser, f"{LIST}?area={COMMUNITY}")
    assert "在内" in inside and "在外" not in inside
    assert logged_in(cast.secretary()).get(f"{LIST}?area={OTHER_COMMUNITY}").status_code == 404


def test_a_pair_across_a_border_is_only_for_who_sees_both_sides(logged_in):
    pair = a_pair(*two(grids=(GRID, OTHER_GRID)))
    address = reverse("linkage:pair", args=[pair.pk])
    for user in (cast.secretary(COMMUNITY), cast.secretary(OTHER_COMMUNITY), cast.officer(TOWN)):
        assert logged_in(user).get(address).status_code == 404
        assert (
            logged_in(user).post(reverse("linkage:settle", args=[pair.pk]), {"same": "yes"}).status_code
            == 404
        )
    assert logged_in(cast.district_user()).get(address).status_code == 200


def test_the_pair_is_masked_explained_and_the_reading_noted(logged_in):
    one, other = twice(phone="10000000777")
    pair = a_pair(one, other, findings=[["name_rare", 16.4], ["birth_other", -6.9]], weight=0.6)
    shown = page(logged_in(cast.secretary()), reverse("linkage:pair", args=[pair.pk]))
    assert one.id_no not in shown and "10000000777" not in shown and "100****0777" in shown
    assert "姓名相同（少见的姓名）" in shown and "+16.4" in shown and "−6.9" in shown and "<svg" in shown
    read = Reading.objects.filter(subject_type="people.person").values_list("subject_id", flat=True)
    assert set(read) == {str(one.pk), str(other.pk)}


def test_an_answer_leads_to_the_next_pair_and_can_be_undone_there(logged_in):
    first, second = a_question("甲一", gain=2.0), a_question("甲二", gain=1.0)
    browser = logged_in(cast.secretary())
    answer = browser.post(reverse("linkage:settle", args=[first.pk]), {"same": "yes"})
    assert answer.url == f"{reverse('linkage:pair', args=[second.pk])}?undo={first.pk}"
    assert "撤销刚才的结论" in page(browser, answer.url)
    first.refresh_from_db()
    assert first.state == PairState.SAME and Merge.objects.count() == 1
    browser.post(reverse("linkage:take_back"), {"pair": first.pk})
    first.refresh_from_db()
    assert first.state == PairState.OPEN and Merge.objects.get().undone_at


def test_several_are_decided_at_once_and_undone_together(logged_in):
    pairs = [a_question(f"甲{index}") for index in range(3)]
    browser = logged_in(cast.secretary())
    answer = browser.post(reverse("linkage:settle_many"), {"pair": [p.pk for p in pairs[:2]], "same": "no"})
    states = sorted(Pair.objects.values_list("state", flat=True))
    assert states == ["different", "different", "open"]
    assert page(browser, answer.url).count('type="hidden" name="pair"') == 2
    browser.post(reverse("linkage:take_back"), {"pair": [p.pk for p in pairs]})
    assert set(Pair.objects.values_list("state", flat=True)) == {"open"}


@pytest.mark.parametrize(
    "form", [{}, {"same": "perhaps"}, {"same": "yes"}, {"same": "yes", "pair": "9" * 40}]
)
def test_a_wrong_answer_loses_nothing(logged_in, form):
    pair = a_question()
    browser = logged_in(cast.secretary())
    assert "请先勾选" in browser.post(reverse("linkage:settle_many"), form, follow=True).content.decode()
    assert (
        "请选"
        in browser.post(
            reverse("linkage:settle", args=[pair.pk]), {"same": "?"}, follow=True
        ).content.decode()
    )
    pair.refresh_from_db()
    assert pair.state == PairState.OPEN


def test_two_numbers_are_explained_and_nothing_happens(logged_in):
    one, other = (somebody("甲一", room=a_room(), id_no=number(serial)) for serial in (61, 63))
    pair = a_pair(one, other)
    browser = logged_in(cast.secretary())
    answer = browser.post(reverse("linkage:settle", args=[pair.pk]), {"same": "yes"}, follow=True)
    assert "各有不同的证件号码" in answer.content.decode()
    assert Merge.objects.count() == 0


def test_what_somebody_else_decided_is_not_offered_for_undoing(logged_in):
    pair = a_question(state=PairState.DIFFERENT, decided_by="another")
    assert "撤销刚才的结论" not in page(logged_in(cast.secretary()), f"{LIST}?undo={pair.pk},x,")


def test_a_machines_merge_is_undone_with_a_reason_and_then_remembered(logged_in):
    one, other = twice()
    run()
    browser = logged_in(cast.secretary())
    shown = page(browser, reverse("linkage:person", args=[one.pk]))
    merge = Merge.objects.get()
    assert reverse("people:unmerge", args=[merge.pk]) in shown and "自动合并" in shown and "<svg" in shown
    browser.post(reverse("linkage:take_back"), {"pair": Pair.objects.get().pk})
    assert Pair.objects.get().decided_by == MACHINE
    browser.post(reverse("people:unmerge", args=[merge.pk]), {"reason": "父子同名"})
    worker.drain()
    assert Pair.objects.get().state == PairState.DIFFERENT
    assert "已于" in page(browser, reverse("linkage:person", args=[one.pk]))
    assert other.pk != one.pk


def test_the_page_of_a_person_leads_to_what_made_it(logged_in):
    one, _other = twice()
    run()
    assert reverse("linkage:person", args=[one.pk]) in page(
        logged_in(cast.secretary()), reverse("people:person", args=[one.pk])
    )


def test_a_run_is_asked_for_watched_and_every_number_opens_its_rows(logged_in):
    twice()
    doubtful()
    browser = logged_in(cast.secretary())
    address = browser.post(reverse("linkage:runs"), {"area": COMMUNITY, "engine": "duckdb"}).url
    assert "排队中" in page(browser, address) and "hx-get" in page(browser, address)
    refused = browser.post(reverse("linkage:runs"), {"area": COMMUNITY, "engine": "duckdb"}, follow=True)
    assert "另一次比对正在进行" in refused.content.decode()
    worker.drain()
    made = LinkRun.objects.get()
    assert made.asked_by != "cli" and made.state == "done"
    shown = page(browser, address)
    for view in ("merged", "open", "refused"):
        assert f"?view={view}&amp;run={made.pk}" in shown
    assert "共 1 条" in page(browser, f"{LIST}?view=merged&run={made.pk}")
    assert "共 1 条" in page(browser, f"{LIST}?view=open&run={made.pk}")
    assert "姓名同音且同一天出生" in shown
    over = browser.get(reverse("linkage:progress", args=[made.pk]))
    assert over.headers["HX-Refresh"] == "true"


def test_a_run_over_an_area_out_of_reach_does_not_exist(logged_in):
    answer = logged_in(cast.secretary()).post(
        reverse("linkage:runs"), {"area": OTHER_COMMUNITY, "engine": "duckdb"}
    )
    assert (answer.status_code, LinkRun.objects.count()) == (404, 0)


def test_a_run_that_failed_says_what_to_do(logged_in):
    made = LinkRun.objects.create(area_code=COMMUNITY, asked_by="x", state="failed", problem="unreachable")
    assert "连不上 Spark" in page(logged_in(cast.secretary()), reverse("linkage:run", args=[made.pk]))
