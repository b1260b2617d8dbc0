"""Child process: pages asked for as users do (``python -m bench.visiting visit 100``); prints JSON."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import django

from bench.backend import Backend

SEED = 440703
WARM, COUNTED = 3, 5
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DEEP = tuple(range(1, 780_000, 7_001))  # keys to go on behind
FOUND = "/console/people/{}/"
ANY = tuple(range(1000))


@dataclass(frozen=True)
class Ask:
    """One request: GET, or POST where ``data`` is given; ``shows`` must stand in the answer."""

    path: str
    data: dict[str, str] = field(default_factory=dict)
    post: bool = False
    shows: str = ""


@dataclass(frozen=True)
class Visit:
    """A line of the report: who asks for what."""

    name: str
    user: str
    asks: Callable[[random.Random, int], Sequence[Ask]]


def settle() -> None:
    """What a running installation has done by itself: counts of ledgers, vacuumed tables, sealed trail."""
    from django.db import connection

    from wangge.registry.ledgers.actions.counts import recount_all
    from wangge.site.cli import everywhere

    with everywhere():
        recount_all()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def people(rng: random.Random, number: int, area: str = "") -> list[Any]:
    """Random registered people with an id number and a phone, of the whole district or of an area."""
    from wangge.lib.scoping import prefix_filter, prefix_of
    from wangge.registry.people.models import Person, Tie

    found = Person._base_manager.exclude(id_index=None).exclude(phone_index="").filter(status="active")
    if area:
        ties = Tie._base_manager.filter(
            prefix_filter("area_code", prefix_of(area)), kind="lives", known_to=None, valid_to=None
        )
        keys = list(ties.values_list("person_id", flat=True))
    else:
        last = Person._base_manager.order_by("-pk").values_list("pk", flat=True)[0]
        keys = range(1, last + 1)
    chosen = rng.sample(keys, min(len(keys), number * 4))
    rows = list(found.filter(pk__in=chosen))
    rng.shuffle(rows)
    return [rows[at % len(rows)] for at in range(number)]


def searches(
    text: Callable[[Any], str], area: str = "", shows: str = ""
) -> Callable[[random.Random, int], list[Ask]]:
    """Searches for random people. ``shows``: what must stand in the answer, {} is the person's key."""

    def asks(rng: random.Random, number: int) -> list[Ask]:
        return [
            Ask("/console/people/search/", {"q": text(person)}, True, shows.format(person.pk))
            for person in people(rng, number, area)
        ]

    return asks


def ledgers(codes: Sequence[str], areas: Callable[[], list[str]], query: str = "") -> Any:
    """First pages and pages further in, by turns, of these ledgers of these areas."""

    def asks(rng: random.Random, number: int) -> list[Ask]:
        from wangge.lib.scoping import prefix_filter, prefix_of
        from wangge.registry.people.models import Tie

        made, places = [], areas()
        for turn in range(number):
            code, area = codes[turn % len(codes)], rng.choice(places)
            after = ""
            if turn // len(codes) % 2:
                kind = "works" if code == "staff" else "hukou" if code in ("hukou", "absent") else "lives"
                ties = Tie._base_manager.filter(
                    prefix_filter("area_code", prefix_of(area)), kind=kind, known_to=None, valid_to=None
                )
                behind = ties.filter(person_id__gt=rng.randrange(1, 780_000 if len(places) < 2 else 2))
                tie = behind.values_list("pk", flat=True).first()
                after = f"&after={tie}" if tie else ""
            made.append(Ask(f"/console/ledgers/view/{code}/?area={area}{query}{after}"))
        return made

    return asks


def each(path: str, values: Callable[[], Sequence[Any]]) -> Callable[[random.Random, int], list[Ask]]:
    """``path`` with a random value of these in the place of {}."""

    def asks(rng: random.Random, number: int) -> list[Ask]:
        held = list(values())
        rng.shuffle(held)
        return [Ask(path.format(held[turn % len(held)])) for turn in range(number)]

    return asks


def codes_of(level: str) -> list[str]:
    from wangge.foundation.territory.models import Area

    return list(
        Area.objects.filter(level=level, valid_to=None).order_by("code").values_list("code", flat=True)
    )


def visits() -> list[Visit]:
    """All lines. The district's centre sees everything, the secretary one community."""
    from django.conf import settings

    from wangge.foundation.access.models import User

    centre, secretary, street = "zhongxin", "shuji", "jiedao"
    home = User.objects.get(username=secretary).area_code
    district = settings.DISTRICT + "000000"
    four, others = ("resident", "floating", "outside", "staff"), ("hukou", "lodging", "absent", "together")
    few = ("abroad", "short")
    whole, own = (lambda: [district]), (lambda: [home])
    communities, towns = (lambda: codes_of("community")), (lambda: codes_of("town"))
    return [
        Visit("search by full name, district", centre, searches(lambda p: p.name)),
        Visit("search by full name, community", secretary, searches(lambda p: p.name, home)),
        Visit("search by the beginning of a name, district", centre, searches(lambda p: p.name[:2])),
        Visit("search by surname alone, district", centre, searches(lambda p: p.name[:1])),
        Visit("search by surname alone, community", secretary, searches(lambda p: p.name[:1], home)),
        Visit("search by given name, district", centre, searches(lambda p: p.name[-2:])),
        Visit("search by initials, district", centre, searches(initials)),
        Visit("search by initials, community", secretary, searches(initials, home)),
        Visit("search by phone, district", centre, searches(lambda p: p.phone, "", FOUND)),
        Visit("search by phone, community", secretary, searches(lambda p: p.phone, home, FOUND)),
        Visit("search by id number, district", centre, searches(lambda p: p.id_no, "", FOUND)),
        Visit("search by id number, community", secretary, searches(lambda p: p.id_no, home, FOUND)),
        Visit("person found nowhere (name), community", secretary, searches(lambda p: f"{p.name}某", home)),
        Visit("four ledgers, district", centre, ledgers(four, whole)),
        Visit("four ledgers, towns", centre, ledgers(four, towns)),
        Visit("four ledgers, communities", centre, ledgers(four, communities)),
        Visit("four ledgers, the secretary's", secretary, ledgers(four, own)),
        Visit("other ledgers, district", centre, ledgers(others, whole)),
        Visit("other ledgers, communities", centre, ledgers(others, communities)),
        Visit("ledgers of few, district", centre, ledgers(few, whole)),
        Visit("four ledgers, newest first, district", centre, ledgers(four, whole, "&sort=newest")),
        Visit("four ledgers, women over 80, district", centre, ledgers(four, whole, "&sex=2&age_from=80")),
        Visit("four ledgers by name, communities", centre, ledgers(four, communities, "&sort=name")),
        Visit("ledgers, overview of an area", centre, each("/console/ledgers/?area={}", communities)),
        Visit("list of people, district", centre, each("/console/people/?after={}", lambda: DEEP)),
        Visit("list of people, secretary's", secretary, each("/console/people/?after={}", lambda: DEEP)),
        Visit("a person", centre, lambda rng, n: [Ask(f"/console/people/{p.pk}/") for p in people(rng, n)]),
        Visit("map page, district", centre, each("/console/areas/map/?n={}", lambda: ANY)),
        Visit("map shapes, district", centre, each("/console/areas/grids.geojson?n={}", lambda: ANY)),
        Visit("map page, district, drawn anew", centre, each("/console/areas/map/?day={}", days)),
        Visit("map shapes, district, drawn anew", centre, each("/console/areas/grids.geojson?day={}", days)),
        Visit("map shapes, communities", centre, each("/console/areas/grids.geojson?area={}", communities)),
        Visit("area pages, communities", centre, each("/console/areas/{}/", communities)),
        Visit("home, district", centre, each("/console/?n={}", lambda: ANY)),
        Visit("home, town", street, each("/console/?n={}", lambda: ANY)),
        Visit("home, community", secretary, each("/console/?n={}", lambda: ANY)),
        Visit("a page without data (help)", centre, each("/console/help/?n={}", lambda: ANY)),
    ]  # fmt: skip


def days() -> list[str]:
    """Days to come: nothing that was drawn for another day is kept for them."""
    today = date.today()
    return [str(today + timedelta(days=ahead)) for ahead in range(1, 366)]


def initials(person: Any) -> str:
    return person.initials[:3] or "lxm"


def one(client: Any, ask: Ask, backend: Backend) -> tuple[float, float]:
    """Ask and wait for the whole answer; returns milliseconds, and how many of processor: Python's and the
    database's."""
    begun, used = time.perf_counter(), time.process_time() * 1000 + backend.spent()
    response = client.post(ask.path, ask.data) if ask.post else client.get(ask.path)
    size = sum(len(part) for part in response)
    spent = (time.perf_counter() - begun) * 1000
    used = time.process_time() * 1000 + backend.spent() - used
    if response.status_code != 200 or not size:
        raise AssertionError(f"{ask.path} answered {response.status_code}")
    if ask.shows and ask.shows.encode() not in response.content:
        raise AssertionError(f"{ask.path} does not show {ask.shows}")
    return spent, used


def measure(visit: Visit, number: int) -> dict[str, Any]:
    """Times and numbers of queries of one visit."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from wangge.foundation.access.models import User
    from wangge.site.cli import everywhere

    client = Client()
    with everywhere():
        client.force_login(User.objects.get(username=visit.user), BACKEND)
        asks = list(visit.asks(random.Random(SEED), number + WARM + COUNTED))
    backend = Backend()
    backend.take_our_priority()
    for ask in asks[:WARM]:
        one(client, ask, backend)
    taken = [one(client, ask, backend) for ask in asks[WARM : WARM + number]]
    times, used = (sorted(values) for values in zip(*taken, strict=True))
    counts = []
    for ask in asks[WARM + number :]:
        with CaptureQueriesContext(connection) as caught:
            one(client, ask, backend)
        counts.append(len(caught))
    at = min(len(times) - 1, round(len(times) * 0.95))
    return {
        "name": visit.name, "p50": times[len(times) // 2], "p95": times[at], "max": times[-1],
        "cpu50": used[len(used) // 2], "cpu95": used[at], "queries": [min(counts), max(counts)],
    }  # fmt: skip


def chosen(only: str) -> Iterator[Visit]:
    from wangge.site.cli import everywhere

    with everywhere():
        found = visits()
    yield from (visit for visit in found if only in visit.name)


def main(verb: str, number: str = "100", only: str = "") -> None:
    if verb == "settle":
        django.setup()
        return settle()
    import_module("wangge.site.wsgi")  # as the server begins
    from django.core.cache import cache

    cache.clear()
    figures = []
    for visit in chosen(only):
        figures.append(measure(visit, int(number)))
        print(f"  {visit.name}: {figures[-1]}", file=sys.stderr, flush=True)
    print(json.dumps(figures))
    return None


if __name__ == "__main__":
    main(*sys.argv[1:])
