"""The dictionary is read by people: searched, filtered, one page a fact, and who uses each."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.cast import district_user, secretary, worker
from tests.registry.ledgers.admit_cast import water
from wangge.registry.ledgers.actions.admission import map_header
from wangge.registry.ledgers.dictionary import built_in
from wangge.registry.ledgers.models import AdmittedField
from wangge.registry.ledgers.queries import dictionary
from wangge.registry.ledgers.queries.dictionary import Use, entries, fact_page, register_uses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def codes(groups):
    return {line.fact.code for _title, lines in groups for line in lines}


def page(browser, name="dictionary", **more):
    address = reverse(f"ledgers:{name}", kwargs=more.pop("kwargs", None))
    return browser.get(address, more).content.decode()


@pytest.mark.parametrize("code", sorted(built_in()))
def test_every_fact_says_what_it_is_in_both_languages(code):
    definition = built_in()[code].definition
    assert 4 <= len(definition.zh) <= 60
    assert definition.en
    assert not re.search("[\u4e00-\u9fff]", definition.en)


def test_everything_is_listed_and_counted(logged_in):
    assert codes(entries()) == set(built_in())
    assert f"{len(built_in())} 项" in page(logged_in(worker()))


@pytest.mark.parametrize(
    ("text", "found"),
    [("学历", "education"), ("EDUCATION", "education"), ("最高的学历", None), ("校验位", "id_no")],
)
def test_search_looks_at_names_headers_codes_and_definitions(text, found):
    assert (found in codes(entries(text))) if found else not codes(entries(text))


def test_search_reads_a_header_as_the_importer_does():
    assert "phone" in codes(entries("联系电话（必填）"))


def test_the_filter_leaves_what_a_fact_is_about():
    [(title, lines)] = entries(target="room")
    assert str(title) == "房屋"
    assert {line.fact.target for line in lines} == {"room"}


def test_what_the_district_admitted_is_told_apart():
    assert entries(only="admitted") == []
    field = water()
    [(_title, [line])] = entries(only="admitted")
    assert (line.fact.code, line.admitted, [code.label for code in line.codes]) == (
        field.code,
        True,
        ["自来水", "井水", "其他"],
    )


def test_a_page_says_all_that_is_asked_of_a_fact(logged_in):
    text = page(logged_in(worker()), "fact", kwargs={"code": "education"})
    for said in (
        "文化程度",
        "730",
        "在册期间；离开辖区满 3 年清除",
        "《中华人民共和国户口登记条例》",
        "GB/T 4658",
    ):
        assert said in text
    assert "公安数据 → 证件核验 → 网格员上门 → 本人申报 → 用人单位 → 旧台账导入" in text


def test_a_page_names_the_ledgers_and_standards_that_use_the_fact():
    shown = fact_page(built_in()["education"])
    assert [ledger.code for ledger in shown.ledgers][:2] == ["resident", "floating"]
    assert [(use.name, use.what) for use in shown.standards] == [("常住人口", "v1.0")]


def test_who_may_see_it_follows_from_the_rights_of_roles():
    roles = {level: set(map(str, fact_page(fact).roles)) for level, fact in
             ((fact.level, fact) for fact in built_in().values())}  # fmt: skip
    assert "区直部门" in roles[2]
    assert "区直部门" not in roles[3]
    assert "楼长" in roles[3]
    assert "楼长" not in roles[4]


def test_an_app_above_adds_its_uses(monkeypatch):
    monkeypatch.setattr(dictionary, "_elsewhere", [])
    register_uses(lambda code: [Use("报表", "水务表", "/x/")] if code == "education" else [])
    assert [use.name for use in fact_page(built_in()["education"]).elsewhere] == ["水务表"]
    assert fact_page(built_in()["phone"]).elsewhere == []


def test_an_admitted_fact_says_who_wanted_it_and_who_allowed_it(logged_in):
    field = water()
    text = page(logged_in(worker()), "fact", kwargs={"code": field.code})
    assert "水务局" in text
    assert "家里平时喝的是什么水？" in text
    assert "停用理由" not in text


def test_the_district_centre_withdraws_with_a_reason(logged_in):
    field = water()
    browser = logged_in(district_user())
    address = reverse("ledgers:withdraw", kwargs={"code": field.code})
    browser.post(address, {"reason": ""})
    assert AdmittedField.objects.get().state == "admitted"
    answer = browser.post(address, {"reason": "改造完成"}, follow=True)
    assert "已停用" in answer.content.decode()
    assert AdmittedField.objects.get().state == "withdrawn"
    assert browser.post(reverse("ledgers:withdraw", kwargs={"code": "education"})).status_code == 404
    assert logged_in(secretary()).post(address).status_code == 403


def test_a_fact_that_is_none_is_not_found(logged_in):
    assert logged_in(worker()).get(reverse("ledgers:fact", kwargs={"code": "religion"})).status_code == 404


def test_the_list_takes_as_many_queries_whatever_was_admitted(logged_in, django_assert_max_num_queries):
    browser = logged_in(worker())
    page(browser)
    water()
    water(name="用电户号", kind="text", options=[], synonyms=[])
    with django_assert_max_num_queries(12):
        page(browser)


def test_a_page_names_the_headers_the_district_ruled_to_mean_it(logged_in):
    map_header(actor="test", header="联络方式甲", fact="phone", asked_by="水务局")
    assert "联络方式甲" in page(logged_in(worker()), "fact", kwargs={"code": "phone"})
