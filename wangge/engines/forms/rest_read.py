"""One answer as a row of OData, as ODK Central writes it (docs.getodk.org/central-api-odata-endpoints)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .answers import Unreadable
from .models import Submission
from .queries import answered
from .queries.opened import masked


def as_row(row: Submission, *, expand: bool = False) -> dict[str, Any]:
    """Answers by the groups they stand in; those that are facts as screens show them.

    Args:
        row: with ``here``, how many of its files came. expand: repeats stand in the row; else their address.
    """
    questions = row.version.questions
    told: dict[str, Any] = {"__id": row.instance, "__system": _system(row)}
    try:
        values = answered(row)
    except Unreadable:  # taken before answers were compared with their form
        return told
    for question in questions:
        if not question.get("repeat"):
            _put(
                told,
                question["path"].split("/")[2:],
                shown(question, values.single.get(question["path"], "")),
            )
    for repeat in dict.fromkeys(question["repeat"] for question in questions if question.get("repeat")):
        inside = [question for question in questions if question.get("repeat") == repeat]
        rows = values.repeated.get(repeat, [])
        *groups, name = repeat.split("/")[2:]
        if expand:
            _put(told, [*groups, name], [_member(repeat, inside, each) for each in rows])
        else:
            way = ".".join([*groups, name])
            _put(told, [*groups, f"{name}@odata.navigationLink"], f"Submissions('{row.instance}')/{way}")
    return told


def _system(row: Submission) -> dict[str, Any]:
    sender = row.worker or row.device
    here = getattr(row, "here", 0)
    return {
        "submissionDate": row.received_at.isoformat(),
        "updatedAt": None,
        "submitterId": str(sender.pk) if sender else None,
        "submitterName": None,  # whose phone it is stays with the community
        "attachmentsPresent": here,
        "attachmentsExpected": len(row.files),
        "status": "missingAttachment" if here < len(row.files) else None,
        "reviewState": None,
        "deviceId": f"device:{row.device_id}" if row.device_id else None,
        "edits": 0,
        "formVersion": row.version.label,
    }


def _member(
    repeat: str, questions: Sequence[Mapping[str, Any]], answers: Mapping[str, str]
) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for question in questions:
        way = question["path"].removeprefix(f"{repeat}/").split("/")
        _put(told, way, shown(question, answers.get(question["path"], "")))
    return told


def _put(told: dict[str, Any], way: Sequence[str], value: Any) -> None:
    for group in way[:-1]:
        told = told.setdefault(group, {})
    told[way[-1]] = value


def shown(question: Mapping[str, Any], text: str) -> Any:
    """One answer as it may be shown: numbers as numbers, places as GeoJSON, facts (and what reads like one)
    masked."""
    if not text:
        return None
    if (hidden := masked(question.get("fact") or question.get("proposed", ""), text)) is not None:
        return hidden
    kind = question["type"]
    try:
        if kind in ("integer", "int", "range"):
            return int(text)
        if kind == "decimal":
            return float(text)
        if kind in ("geopoint", "location", "start-geopoint"):
            lat, lon, *_rest = map(float, text.split())
            return {"type": "Point", "coordinates": [lon, lat]}
    except ValueError:
        return text
    return text
