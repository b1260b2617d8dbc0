"""What the field found, on a patrol or with a checklist on a phone, becomes a hazard."""

from __future__ import annotations

from wangge.engines.forms.models import Submission
from wangge.foundation.access.models import User
from wangge.foundation.access.queries import may
from wangge.foundation.journal.models import Entry
from wangge.systems.fieldwork.enums import Outcome
from wangge.systems.fieldwork.models import Finding
from wangge.systems.hazards.actions.answers import take_answer
from wangge.systems.hazards.actions.found import Sighting, take_sighting

TAKEN = {Outcome.HAZARD, Outcome.FIXED}


def open_found(entry: Entry) -> None:
    """On finding.recorded: a hazard that was noted down, or put right on the spot (现场处理)."""
    finding = (
        Finding._base_manager.select_related("room__building", "organisation")
        .filter(pk=entry.subject_id)
        .first()
    )
    if finding is None or finding.kind not in TAKEN:
        return
    place = (finding.lon, finding.lat) if finding.lon is not None and finding.lat is not None else None
    sighting = Sighting(
        op=finding.op, area=finding.area_code, topic=finding.topic, words=finding.words, at=finding.at,
        photos=tuple(finding.photos), place=place, room=finding.room, organisation=finding.organisation,
        fixed=finding.kind == Outcome.FIXED, patrol=finding.result_id is not None,
    )  # fmt: skip
    take_sighting(actor=_finder(finding), sighting=sighting)


def _finder(finding: Finding) -> User | str:
    """Who found it, while she may open cases there; else the machine."""
    user = User.objects.filter(username=finding.worker, is_active=True).first()
    return user if user and may(user, "case.open", finding.area_code) else "system"


def take_checklist(entry: Entry) -> None:
    """On form.answered: an answer to a checklist is an inspection."""
    row = Submission._base_manager.select_related("version__form", "room__building", "organisation", "worker")
    submission = row.filter(pk=entry.subject_id).first()
    if submission is not None:
        take_answer(submission=submission)
