"""Cases by the hundred thousand: a few are opened and handled as in the product, then copied with numbers,
places and days of their own. Hashes of the copies are the first ones': no measurement here proves a chain."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

OPEN_SHARE = 20  # every twentieth is not closed
DAYS = 1_000  # so far back
SOON = 30  # days in which the open ones run out, before and after now
PATH = ("file", "dispatch", "take", "progress", "progress", "answer", "verify", "close")  # and "open" before


def people() -> dict[str, Any]:
    """Somebody of each kind that looks at cases, by name."""
    from datetime import date

    from wangge.engines.cases.models import Unit, UnitMember
    from wangge.foundation.access.enums import Role
    from wangge.foundation.access.models import Grant, User

    town, community = _first("town"), _first("community")
    district = f"{town[:6]}000000"
    places = {
        Role.COMMUNITY_SECRETARY: community, Role.STREET_OFFICER: town, Role.DISTRICT_CENTRE: district,
        Role.DEPARTMENT: district,
    }  # fmt: skip
    made = {}
    for role, area in places.items():
        user, _new = User.objects.get_or_create(username=f"bench_{role}", defaults={"name": "试用"})
        Grant.objects.get_or_create(
            user=user, role=role, area_code=area, defaults={"valid_from": date(2020, 1, 1)}
        )
        made[str(role)] = user
    for unit in Unit.objects.all():
        UnitMember.objects.get_or_create(unit=unit, user=made["department"], since=date(2020, 1, 1))
    return made


def _first(level: str) -> str:
    from wangge.foundation.territory.models import Area

    found = Area._base_manager.filter(level=level).order_by("code").values_list("code", flat=True)
    return str(found[0])


def patterns() -> tuple[list[int], list[int]]:
    """Cases made by the product's own steps: closed ones, and open ones at several stages; their keys."""
    from wangge.engines.cases.models import Case, Unit

    for at in range(4):
        Unit.objects.get_or_create(
            key=f"bench{at}",
            defaults={"name": f"试用单位{at}", "kind": "department", "area_code": _district()},
        )
    done = [_case(system, kind, PATH).pk for system, kind in _kinds()]
    under_way = [
        _case(system, kind, PATH[:steps]).pk for at, (system, kind) in enumerate(_kinds())
        for steps in (0, 1 + at % 5)
    ]  # fmt: skip
    assert Case._base_manager.filter(pk__in=done, closed_at=None).count() == 0
    return done, under_way


def _district() -> str:
    return f"{_first('town')[:6]}000000"


def _kinds() -> list[tuple[str, str]]:
    from wangge.engines.cases.kinds import system_of

    return [(key, kind) for key in ("event", "request") for kind in list(system_of(key).kinds)[:4]]


def _case(system: str, kind: str, path: tuple[str, ...]) -> Any:
    from wangge.engines.cases.actions import Matter, open_case

    matter = Matter(
        op=uuid4(), system=system, kind=kind, area=_first("community"), title="路灯不亮",
        words="三盏路灯不亮，已有一周，老人出门不便。", place=(113.08, 22.6),
        procedure="incident", source="worker",
    )  # fmt: skip
    case = open_case(actor="bench", matter=matter)
    for key in path:
        _step(case, key)
    return case


def _step(case: Any, key: str) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from wangge.engines.cases.actions import Wish, take_step
    from wangge.engines.cases.models import Unit

    case.refresh_from_db()
    unit = Unit.objects.order_by("?").first() if key == "dispatch" else None
    take_step(
        actor="bench", case=case,
        wish=Wish(
            key, uuid4(), case.version, words="到现场看过，正在办理。",
            photos=(("a" * 64, "after"),), unit=unit,
            level=case.level, until=timezone.now() + timedelta(days=3),
        ),
    )  # fmt: skip


CASES = """
INSERT INTO cases_case ({columns})
SELECT {values} FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
JOIN cases_case one ON one.id = CASE WHEN n %% %(share)s = 0
  THEN (%(open)s::bigint[])[1 + (n / %(share)s) %% array_length(%(open)s::bigint[], 1)]
  ELSE (%(done)s::bigint[])[1 + n %% array_length(%(done)s::bigint[], 1)] END
"""
BELONGING = """
INSERT INTO {table} ({columns})
SELECT {values} FROM cases_case made
JOIN {table} one ON one.case_id = (made.data ->> 'of')::bigint
WHERE made.id BETWEEN %(first)s AND %(last)s
"""
MOMENTS = (
    "raised_at", "filed_at", "handled_at", "verified_at", "closed_at",
    "accept_due", "handle_due", "verify_due", "close_due",
)  # fmt: skip
TICKS = ("due_at", "next_at", "auto_at")


def fill(size: int, done: list[int], under_way: list[int]) -> None:
    """As many cases as ``size``, with their steps and clocks; the tables are analysed."""
    from django.db import connection
    from django.db.models import Max

    from wangge.engines.cases.models import Case, Clock, Step

    last = Case._base_manager.aggregate(top=Max("pk"))["top"]
    missing = size - Case._base_manager.count()
    span = {"first": last + 1, "last": last + missing, "share": OPEN_SHARE, "open": under_way, "done": done}
    grids = _grids()
    with connection.cursor() as cursor:
        cursor.execute(_sql(CASES, Case, _own(grids), key="n"), span)
        for model in (Step, Clock):
            cursor.execute(_sql(BELONGING, model, _belonging(model)), span)
        for table in ("cases_case", "cases_step", "cases_clock"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
            cursor.execute(f"VACUUM ANALYZE {table}")


def _grids() -> str:
    from wangge.foundation.territory.models import Area

    codes = Area._base_manager.filter(level="grid").order_by("code").values_list("code", flat=True)
    codes = codes or Area._base_manager.filter(level="community").order_by("code").values_list(
        "code", flat=True
    )
    return "ARRAY[" + ", ".join(f"'{code}'" for code in codes) + "]"


def _sql(text: str, model: Any, own: dict[str, str], key: str = "") -> str:
    fields = [field for field in model._meta.concrete_fields if key or not field.primary_key]
    own = own | ({"id": key} if key else {})
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(own.get(field.column, f'one."{field.column}"') for field in fields)
    return text.format(columns=columns, values=values, table=model._meta.db_table)


def _own(grids: str) -> dict[str, str]:
    """What each copy has of its own: spread over the days; open ones run out around now."""
    back = f"(n %% {DAYS}) * interval '1 day' + (n * 7919 %% 86400) * interval '1 second'"
    ahead = f"now() + ((n / {OPEN_SHARE}) %% {SOON * 24} - {SOON * 8}) * interval '1 hour'"
    return {
        "op": "gen_random_uuid()", "number": "lpad((90000000000 + n)::text, 11, '0')",
        "receipt": "''", "data": "jsonb_build_object('of', one.id)",
        "area_code": f"({grids})[1 + (n * 7 + n / 13) %% array_length({grids}, 1)]",
        "lon": "113.0 + (n * 7919 %% 10007) / 10007.0 * 0.25",
        "lat": "22.45 + (n * 104729 %% 10009) / 10009.0 * 0.25",
        "rating": "CASE WHEN one.closed_at IS NULL OR n %% 3 = 0 THEN NULL ELSE 1 + n %% 3 END",
        **{name: f"one.{name} - {back}" for name in MOMENTS},
        **{name: f"CASE WHEN one.{name} IS NULL THEN NULL ELSE {ahead} END" for name in TICKS},
    }  # fmt: skip


def _belonging(model: Any) -> dict[str, str]:
    back = "(one.{0} - (SELECT raised_at FROM cases_case WHERE id = one.case_id) + made.raised_at)"
    if model.__name__ == "Step":
        return {"case_id": "made.id", "op": "gen_random_uuid()", "at": back.format("at")}
    ended = ("started_at", "stopped_at", "late_at")
    due = f"CASE WHEN one.stopped_at IS NULL THEN made.due_at ELSE {back.format('due_at')} END"
    return {"case_id": "made.id", **{name: back.format(name) for name in ended}, "due_at": due,
            "warn_at": "NULL", "warned_at": "one.warned_at"}  # fmt: skip
