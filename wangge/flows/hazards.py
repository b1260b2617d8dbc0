"""What the field found, on a patrol or with a checklist on a phone, becomes a hazard."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from wangge.engines.forms.models import Submission
from wangge.engines.forms.queries import answers_with
from wangge.foundation.access.models import User
from wangge.foundation.access.queries import may
from wangge.foundation.journal.models import Entry
from wangge.foundation.photos.models import Photo
from wangge.systems.fieldwork.enums import Outcome
from wangge.systems.fieldwork.models import Finding
from wangge.systems.hazards.actions.answers import take_answer
from wangge.systems.hazards.actions.arriving import take_photos
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
    """On form.answered: an answer to a checklist is an inspection; its photos may be here already."""
    for submission in _locked([int(entry.subject_id)]):
        take_answer(submission=submission)
        take_photos(submission=submission)


def take_photo(entry: Entry) -> None:
    """On photo.completed: what an answer called put right on the spot is closed once it is seen."""
    photo = Photo._base_manager.filter(pk=int(entry.subject_id)).first()
    if photo is not None:
        for submission in _locked(answers_with(photo.digest).values_list("pk", flat=True)):
            take_photos(submission=submission)


def _locked(keys: Iterable[int]) -> QuerySet[Submission]:
    """Locked, so that of an answer and its photo, told at the same moment, one sees the other."""
    rows = Submission._base_manager.filter(pk__in=list(keys)).select_for_update(of=("self",))
    return rows.select_related("version__form", "room__building", "organisation", "worker").order_by("pk")
