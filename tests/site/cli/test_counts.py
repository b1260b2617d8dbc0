"""wangge counts verify: every kept count against its rows."""

from __future__ import annotations

import json

import pytest

from tests import cast
from tests.engines.cases.case_cast import opened
from wangge.engines.cases import kinds
from wangge.engines.cases.models import Tally
from wangge.lib.scoping import EVERYWHERE, within
from wangge.site.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand(ground):
    opened()
    opened(area=cast.OTHER_GRID)
    yield
    kinds.forget("tried")


def test_true_counts_are_told_how_many(capsys):
    assert main(["counts", "verify"]) == 0
    assert "数了 2 件事项，全部一致" in capsys.readouterr().out


def test_a_wrong_one_is_named_and_then_mended(capsys):
    with within(EVERYWHERE):
        Tally.objects.filter(measure="received", area_code=cast.GRID).update(rows=5)
        Tally.objects.filter(measure="own", area_code=cast.GRID).delete()
    assert main(["counts", "verify", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["different"], told["cases"], told["repaired"]) == (2, 2, False)
    wrong = {(one["measure"], one["kept"], one["counted"]) for one in told["differences"]}
    assert wrong == {("received", 5, 1), ("own", 0, 1)}
    assert main(["counts", "verify"]) == 1
    assert "received：保存的 5，应为 1" in capsys.readouterr().err
    assert main(["counts", "verify", "--repair"]) == 0
    assert "已改正 2 个" in capsys.readouterr().out
    assert main(["counts", "verify"]) == 0
