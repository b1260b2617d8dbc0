"""The doors of the linkage's pages."""

from __future__ import annotations

from typing import Any

from tests.walls.people_rows import merged
from tests.walls.people_rows import pair as two_persons
from tests.walls.row import Row
from wangge.registry.linkage.models import LinkRun, Pair
from wangge.registry.people.models import Merge


def pair(community: str) -> dict[str, Any]:
    two = two_persons(community)
    findings = [["name_same_home", 9.8], ["birth_other", -6.9]]
    made = Pair.objects.create(
        area_code=community, one_id=two["keep"], other_id=two["absorb"], probability=0.6, weight=0.6,
        findings=findings, gain=2.0,
    )  # fmt: skip
    return {"pk": made.pk}


def run(community: str) -> dict[str, Any]:
    counts = {"records": 2, "compared": 1, "apart": 0, "merged": 0, "asked": 0}
    made = LinkRun.objects.create(
        area_code=community, asked_by="cli", state="done", counts=counts, loads=[["number", 1, 2]]
    )
    return {"pk": made.pk}


def person(community: str) -> dict[str, Any]:
    return {"pk": Merge.objects.get(pk=merged(community)["pk"]).kept_id}


LINKAGE = [
    Row("linkage:list", "person.merge", query="?area={area}"),
    Row("linkage:settle_many", "person.merge", None, "POST", form="same=no"),
    Row("linkage:take_back", "person.merge", None, "POST"),
    Row("linkage:pair", "person.merge", pair),
    Row("linkage:settle", "person.merge", pair, "POST", form="same=no"),
    Row("linkage:person", "person.merge", person),
    Row("linkage:runs", "person.merge"),
    Row("linkage:runs", "person.merge", None, "POST", form="area={area}&engine=duckdb"),
    Row("linkage:run", "person.merge", run),
    Row("linkage:progress", "person.merge", run),
    Row("linkage:rows", "person.merge", run),
    Row("linkage:thresholds", "person.merge"),
    Row("linkage:set_thresholds", "link.tune", None, "POST", form="upper=0.9&lower=0.3"),
]
