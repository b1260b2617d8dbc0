"""Drawing the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.territory.queries import area_name_path

from ..actions.submit import AT_THE_PLACE
from ..enums import Kind, Scope
from ..models import ReportCode
from ..queries.notice import notice
from ..queries.order_fields import fields_for
from ..reading.people import MOST
from . import posting
from .fields import CITIZENS, REPORTER, STAY, TRIP, Block, Shown, as_field, show, show_person


def form_page(
    request: HttpRequest,
    code: ReportCode,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    token: str,
    status: int = 200,
) -> HttpResponse:
    """The form with what was typed and what is wrong with it; it is sent to where ``token`` leads."""
    shown = context(code, values, errors) | {"token": token}
    return render(request, "declare/form.html", shown, status=status)


def context(code: ReportCode, values: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
    """Everything the template shows."""
    filled = defaults(code) | dict(values)
    people = [_person(code, number, filled, errors) for number in range(posting.count_of(filled))]
    blocks = {
        name: Block([show(field, filled.get(field.path, ""), errors) for field in fields])
        for name, fields in (("trip", TRIP), ("stay", STAY), ("reporter", REPORTER))
    }
    parts = [blocks["reporter"], *(one["block"] for one in people), blocks["trip"], blocks["stay"]]
    shown = [field for part in parts for field in part.fields]
    return {
        "code": code,
        "place": area_name_path(code.area_code, " "),
        "notice": notice(),
        "values": filled,
        "agreed": filled.get("consent.notice", "") == notice().version,
        "kinds": Kind.choices,
        "who": CITIZENS,
        "people": people,
        "blank": _person(code, "__n__", {}, {}),
        "most": MOST,
        "errors": errors,
        "kept": bool(errors) or len(values) > 1,  # somebody typed it: a draft of this phone stays away
        "faults": summary(errors, shown, filled["kind"]),
        **blocks,
    }


def _person(
    code: ReportCode, number: Any, values: Mapping[str, str], errors: Mapping[str, str]
) -> dict[str, Any]:
    fields = show_person(number, values, errors)
    for asked in fields_for(code.area_code):
        field = as_field(asked)
        path = f"people.{number}.{field.path}"
        fields.append(
            Shown(
                field,
                path,
                values.get(path, ""),
                errors.get(path, ""),
                "",
                not getattr(asked, "required", False),
                "",
            )
        )
    return {"number": number, "first": number == 0, "block": Block(fields)}


def defaults(code: ReportCode) -> dict[str, str]:
    """What is likely before anybody types: now, and the place the code hangs on."""
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    return {
        "kind": Kind.STAYING if code.scope == Scope.HOTEL else "",
        "reported_by": "self",
        "people": "1",
        "people.0.id_type": "111",
        "trip.arrive_at": now,
        "trip.depart_at": now,
        "stay.address": code.label if code.scope in AT_THE_PLACE else "",
    }


GROUPS = {"kind": "kind", "reported_by": "who", "consent.notice": "consent", "people": "people-0"}


def summary(errors: Mapping[str, str], shown: list[Shown], kind: str) -> list[tuple[str, str, str]]:
    """Every error as (anchor, which field, sentence), in the order of the page; general ones first."""
    by_name = {field.name: field for field in shown}
    order = {
        name: place for place, name in enumerate(["", "kind", "reported_by", *by_name, "consent.notice"])
    }
    lines = []
    for path in sorted(errors, key=lambda path: order.get(path, len(order))):
        field = by_name.get(path)
        anchor = field.id if field else GROUPS.get(path, "")
        lines.append((anchor, _where(path, field, kind), errors[path]))
    return lines


def _where(path: str, field: Shown | None, kind: str) -> str:
    if field is None:
        return {"kind": _("您要报备什么"), "reported_by": _("谁在填写")}.get(path, "")
    label = field.field.label_for(kind)
    parts = path.split(".")
    if parts[0] == "people" and parts[1] != "0":
        return _("同行的人 %(number)d：%(field)s") % {"number": int(parts[1]), "field": label}
    return label
