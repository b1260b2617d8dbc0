"""wangge order: from a file to the certificate, and the proof."""

from __future__ import annotations

import json

import pytest
import typst

from tests import cast
from tests.foundation.orders import orders_cast as orders
from wangge.foundation.orders.actions import paper
from wangge.foundation.orders.models import EmergencyOrder
from wangge.lib.scoping import EVERYWHERE, within
from wangge.site.cli import main

FILE = """
number = "示例风指1号"
title = "某台风"
kind = "typhoon"
basis = "示例依据"
issuer = "示例指挥部"
areas = ["440703002000"]
starts = 2026-07-01
ends = 2036-07-05T08:00:00
retention_days = 3
[[fields]]
function = "declaration"
key = "move"
label = "需转移安置"
kind = "yes_no"
[[fields]]
function = "declaration"
key = "where"
label = "安置点"
"""


@pytest.fixture(autouse=True)
def _stand(transactional_db, tmp_path, settings):
    settings.HOME = tmp_path
    with within(EVERYWHERE):
        cast.lay_ground()


def run(capsys, *args: str) -> tuple[int, dict]:
    code = main(["order", *args, "--json"])
    return code, json.loads(capsys.readouterr().out or "{}")


def test_an_order_runs_from_its_file_to_the_proof(capsys, tmp_path):
    file, known = tmp_path / "order.toml", tmp_path / "known.txt"
    file.write_text(FILE, encoding="utf-8")
    assert run(capsys, "draft", "--file", str(file))[1]["state"] == "draft"
    code, told = run(capsys, "start", "示例风指1号")
    assert (code, told["in_force"], told["areas"]) == (0, True, [cast.TOWN])
    with within(EVERYWHERE):
        orders.keep(EmergencyOrder.objects.get(), 1, move="是", where="虚构小学体育馆二层")
    assert run(capsys, "show", "示例风指1号")[1]["counts"] == {"values": 2, "subjects": 1, "files": 0}
    code, told = run(capsys, "close", "示例风指1号", "--reason", "结束了")
    assert (code, told["state"], told["step"]) == (0, "erased", "done")
    known.write_text("虚构小学体育馆二层\n", encoding="utf-8")
    assert run(capsys, "verify", "示例风指1号", "--values", str(known))[0] == 0
    (tmp_path / "left.csv").write_text("1,虚构小学体育馆二层", encoding="gb18030")
    code, told = run(capsys, "verify", "示例风指1号", "--values", str(known))
    assert (code, told["found"]) == (1, [{"where": "left.csv", "times": 1}])
    assert [one["number"] for one in run(capsys, "list")[1]["orders"]] == ["示例风指1号"]


def test_what_cannot_be_is_refused_with_reasons(capsys, tmp_path):
    file = tmp_path / "order.toml"
    file.write_text(FILE.replace("440703002000", "440799000000"), encoding="utf-8")
    for args in (
        ("draft", "--file", str(file)),
        ("draft", "--file", str(tmp_path / "none.toml")),
        ("start", "没有"),
        ("close", "没有"),
    ):
        code, told = run(capsys, *args)
        assert code == 1 and told["refused"], args


def test_an_order_that_is_not_erased_is_not_verified(capsys):
    with within(EVERYWHERE):
        order = orders.started()
    code, told = run(capsys, "verify", order.number)
    assert code == 1 and "还没有销毁" in told["refused"][0]


def test_the_proof_is_told_in_sentences(capsys):
    with within(EVERYWHERE):
        order = orders.started()
        orders.keep(order, 1, told=orders.TOLD)
    main(["order", "close", order.number])
    assert main(["order", "verify", order.number]) == 0
    told = capsys.readouterr().out
    assert "一处不剩" in told and "第二次核验" in told and orders.TOLD not in told


def test_the_certificate_is_written_beside(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(paper, "FONTS", typst.Fonts().families())
    with within(EVERYWHERE):
        order = orders.started()
    out = tmp_path / "paper.pdf"
    assert run(capsys, "close", order.number, "--certificate", str(out))[0] == 0
    assert out.read_bytes().startswith(b"%PDF")
