"""From a posted form to the payload of a submission. Names of inputs are the payload's own paths."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from ..queries.notice import notice
from ..queries.regions import region_of
from ..reading import Refused, read
from ..reading.people import MOST
from ..rules.asked import ASKED, NEEDED
from .fields import PERSON

_VIA = re.compile(r"[、,，;；/\n]+")
LONGEST = 2_000  # of one value that is shown again; checks of their own refuse what is longer


def values_of(post: QueryDict) -> dict[str, str]:
    """Every posted value, as it is shown again when something is wrong."""
    return {name: (post.get(name) or "")[:LONGEST] for name in post}


def count_of(values: Mapping[str, str]) -> int:
    """How many people the form shows."""
    said = values.get("people", "")
    return min(max(int(said), 1), MOST) if said.isascii() and said.isdecimal() and len(said) < 4 else 1


def without_person(values: Mapping[str, str], number: int) -> dict[str, str]:
    """The values after one companion was taken out and those behind moved up."""
    count = count_of(values)
    if not 0 < number < count:
        return dict(values)
    kept = {name: value for name, value in values.items() if not name.startswith("people.")}
    for at in range(count):
        if at != number:
            new = at - (at > number)
            kept |= {f"people.{new}.{rest}": value for rest, value in _of_person(values, at).items()}
    return kept | {"people": str(count - 1)}


def _of_person(values: Mapping[str, str], at: int) -> dict[str, str]:
    start = f"people.{at}."
    return {name.removeprefix(start): value for name, value in values.items() if name.startswith(start)}


def payload_of(values: Mapping[str, str], code: str) -> dict[str, Any]:
    """The submission these values mean; what the chosen kind does not ask is left out."""
    kind = values.get("kind", "")
    asked = set(ASKED.get(kind, ()))

    def said(path: str) -> str:
        return values.get(path, "") if path in asked else ""

    return {
        "report": values.get("report", ""),
        "code": code,
        "kind": kind,
        "reported_by": values.get("reported_by", ""),
        "reporter": _reporter(values),
        "consent": {"notice": values.get("consent.notice", "")},
        "people": [_person(values, at) for at in range(count_of(values))],
        "trip": {
            "from_text": said("trip.from_text"),
            "from_region": region_of(said("trip.from_text")),
            "via": [place.strip() for place in _VIA.split(said("trip.via")) if place.strip()],
            "depart_at": said("trip.depart_at"),
            "arrive_at": said("trip.arrive_at"),
            "transport": said("trip.transport"),
            "trip_no": said("trip.trip_no"),
        },
        "stay": {name: said(f"stay.{name}") for name in ("address", "until", "host_name", "purpose")},
    }


def _reporter(values: Mapping[str, str]) -> dict[str, str]:
    if values.get("reported_by", "self") in ("", "self"):
        return {}
    return {"name": values.get("reporter.name", ""), "phone": values.get("reporter.phone", "")}


def _person(values: Mapping[str, str], at: int) -> dict[str, Any]:
    held = _of_person(values, at)
    person: dict[str, Any] = {field.path: held.get(field.path, "") for field in PERSON}
    emergency = {
        name.removeprefix("emergency."): value
        for name, value in held.items()
        if name.startswith("emergency.") and value
    }
    return person | ({"emergency": emergency} if emergency else {})


def wrong_with(payload: dict[str, Any]) -> dict[str, str]:
    """What the submission's own checks would say, so that everything is said at once."""
    try:
        read(payload, timezone.now())
    except Refused as refusal:
        return refusal.errors
    return {}


def faults_of(values: Mapping[str, str], *, at_the_place: bool) -> dict[str, str]:
    """What cannot be read, and what this kind needs and nobody wrote, in the words of the form.

    Args:
        at_the_place: the code hangs on one building or firm, so it says the address by itself.
    """
    unread = {path: _("有读不出的字，可能是浏览器的编码不对。请重新填写这一项。")
              for path, value in values.items() if "\ufffd" in value}  # fmt: skip
    missing = _missing(values)
    if values.get("consent.notice") not in (None, "", notice().version):
        missing["consent.notice"] = _("告知有了新的版本，请重新阅读并同意。")
    if at_the_place:
        missing.pop("stay.address", None)
    return unread | missing


def _missing(values: Mapping[str, str]) -> dict[str, str]:
    kind = values.get("kind", "")
    said = {
        "trip.from_text": _("请填写从哪里来。"),
        "trip.arrive_at": _("请填写到达时间。"),
        "trip.depart_at": _("请填写离开时间。"),
        "stay.address": _("请填写地址，写到门牌。"),
    }
    return {path: said[path] for path in NEEDED.get(kind, ()) if not values.get(path, "").strip()}
