"""Child process: cases made, asked for, swept (``python -m bench.matters.asking VERB …``); prints JSON."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.visiting import Ask, Visit, measure

PROVED = 50_000  # as many cases are counted twice, to see that nothing differs then
END = """
WITH chosen AS (SELECT id FROM cases_case WHERE next_at IS NOT NULL AND closed_at IS NULL LIMIT %s),
moved AS (UPDATE cases_clock SET due_at = now() - interval '1 minute', late_at = NULL, rung = 0
          FROM chosen WHERE case_id = chosen.id AND stopped_at IS NULL AND due_at IS NOT NULL)
UPDATE cases_case SET next_at = now() - interval '1 minute' FROM chosen WHERE cases_case.id = chosen.id
"""


def main(verb: str, *words: str) -> None:
    from wangge.site.cli import everywhere, start_django

    start_django()
    with everywhere():
        found = {"fill": fill, "ask": ask, "count": count, "sweep": sweep}[verb](*map(int, words))
    print(json.dumps(found))


def fill(size: int) -> dict[str, Any]:
    """So many cases; the counts are kept from the first on and added for the copies."""
    from django.conf import settings

    from bench.matters import ground
    from wangge.site.cli.setup import publish_static

    kept = Path(os.environ["WANGGE_HOME"], "patterns.json")
    if not kept.exists():
        publish_static(Path(settings.HOME))
        ground.people()
        kept.write_text(json.dumps(ground.patterns()))
        ground.people()  # the units are there now
    ground.fill(size, *json.loads(kept.read_text()))
    return {}


def count() -> dict[str, Any]:
    """The whole recount: rows to counts, compared with those kept, and put right."""
    from wangge.engines.cases.actions.tallies import recount
    from wangge.engines.cases.models import Case, Tally

    begun = time.perf_counter()
    recount(repair=True)
    seconds = time.perf_counter() - begun
    if Case._base_manager.count() <= PROVED:
        assert recount() == {}
    for table in ("cases_tally", "cases_towntally", "cases_monthtally"):
        _analyse(table)
    floor, cases = _timed(
        lambda: sum(1 for _row in Case._base_manager.values_list().iterator(chunk_size=2000))
    )
    return {"seconds": seconds, "floor": floor, "cases": cases, "counts": Tally._base_manager.count()}


def _analyse(table: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {table}")


def ask(number: int) -> dict[str, Any]:
    """The pages, each so many times."""
    return {"pages": [measure(visit, number) for visit in visits()]}


def visits() -> list[Visit]:
    """Who asks for what."""
    names = {"community_secretary": "community", "street_officer": "town", "district_centre": "district",
             "department": "department"}  # fmt: skip
    lists = {
        "what waits for me": "?n={}",
        "all open": "?who=all&n={}",
        "closed, newest first": "?show=closed&who=all&n={}",
    }
    found = [
        Visit(f"workbench, {said}, {place}", f"bench_{role}", _any(f"/console/cases/{query}"))
        for role, place in names.items() for said, query in lists.items()
    ]  # fmt: skip
    found.append(Visit("a case with its history", "bench_district_centre", _cases))
    return found + _maps() + _boards()


def _any(path: str) -> Any:
    def asks(rng: random.Random, number: int) -> Sequence[Ask]:
        return [Ask(path.format(rng.randrange(10**6))) for _turn in range(number)]

    return asks


def _cases(rng: random.Random, number: int) -> Sequence[Ask]:
    """Any of them, closed or not."""
    from wangge.engines.cases.models import Case

    last = Case._base_manager.order_by("-pk").values_list("pk", flat=True)[0]
    keys = [rng.randrange(last // 2, last) for _turn in range(number)]
    numbers = dict(Case._base_manager.filter(pk__in=keys).values_list("pk", "number"))
    return [Ask(f"/console/cases/{numbers[key]}/", shows=numbers[key]) for key in keys]


def _maps() -> list[Visit]:
    """The whole district, and a part of it as somebody moves the map; open cases, and those of a quarter."""
    path, centre = "/console/cases/map/points/?who=all&box={},{},{},{}&zoom={}", "bench_district_centre"
    whole, part = (113.0, 22.45, 113.25, 22.7), 0.05

    def at(query: str) -> Any:
        def asks(rng: random.Random, number: int) -> Sequence[Ask]:
            corners = [(rng.uniform(113.0, 113.2), rng.uniform(22.45, 22.65)) for _turn in range(number)]
            return [Ask(path.format(w, s, w + part, s + part, 13) + query) for w, s in corners]

        return asks

    return [
        Visit("map of clusters, open, district", centre, _any(path.format(*whole, 11) + "&n={}")),
        Visit("map of clusters, open, a part", centre, at("")),
        Visit("map of clusters, closed in three months, district", centre,
              _any(path.format(*whole, 11) + "&show=closed&n={}")),
        Visit("map with how many in each grid, open", centre, _any(path.format(*whole, 11) + "&heat=1&n={}")),
    ]  # fmt: skip


def _boards() -> list[Visit]:
    """Every indicator of a year or a month, with the areas below and twelve months."""
    path, centre = "/console/insight/?span={}&n={{}}", "bench_district_centre"
    return [
        Visit("indicators of a year, district", centre, _any(path.format("year"))),
        Visit("indicators of twelve months, district", centre, _any(path.format("twelve"))),
        Visit("indicators of a month, district", centre, _any(path.format("month"))),
        Visit("indicators of a year, town", "bench_street_officer", _any(path.format("year"))),
        Visit("indicators of a year, community", "bench_community_secretary", _any(path.format("year"))),
        Visit("indicators of odd days, district", centre,
              _any("/console/insight/?since=2025-02-11&until=2026-02-10&n={}")),
    ]  # fmt: skip


def sweep(due: int) -> dict[str, Any]:
    """A sweep when nothing is due; then one after so many clocks have ended."""
    from django.db import connection

    from wangge.engines.cases.actions.sweep import sweep_clocks

    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET next_at = now() + interval '1 day' WHERE next_at IS NOT NULL")
        cursor.execute("VACUUM ANALYZE cases_case")
        idle = _timed(sweep_clocks)
        cursor.execute(END, [due])
    seconds, told = _timed(sweep_clocks)
    again, more = _timed(sweep_clocks)
    return {"idle": idle[0], "seconds": seconds, "told": told, "again": again, "more": more}


def _timed(work: Any) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


if __name__ == "__main__":
    main(*sys.argv[1:])
