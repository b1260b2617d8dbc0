"""The photos of an answer come from the phone after it, in pieces: what it calls put right on the spot is
closed when they are here."""

from __future__ import annotations

from django.db import transaction

from wangge.engines.forms.answers import Unreadable
from wangge.engines.forms.models import Submission
from wangge.engines.forms.queries import answered, pictures_here

from ..enums import Outcome
from ..models import Inspection, Result
from ..queries.checklists import checklist_of
from .answers import actor_of, op_of
from .opening import put_right


@transaction.atomic
def take_photos(*, submission: Submission) -> None:
    """Close what the answer calls put right and whose photo is here, in the name of who filled it in. Done
    again it changes nothing; before the inspection is written, or for another form's answer, it does nothing.

    A picture shows the items of the group it is asked in; one that is asked outside of groups shows all.
    """
    inspection = Inspection._base_manager.filter(op=op_of(submission)).first()
    try:
        shown = _shown(submission) if inspection else []
    except Unreadable:
        return
    if not shown:
        return
    paths = {item.name: item.path for item in checklist_of(submission.version).items}
    for result in Result._base_manager.filter(inspection=inspection, outcome=Outcome.FIXED):
        path = paths.get(result.item, "")
        photos = [digest for group, digest in shown if path.startswith(group)]
        if photos and photos != result.photos:
            _take(submission, result, photos)


def _shown(submission: Submission) -> list[tuple[str, str]]:
    """The group a picture is asked in, as a path that ends in a stroke, and its digest."""
    here = pictures_here(submission)
    values = answered(submission).single if here else {}
    return [(path[: path.rindex("/") + 1], here[name]) for path, name in values.items() if name in here]


def _take(submission: Submission, result: Result, photos: list[str]) -> None:
    result.photos = photos
    result.save(update_fields=["photos"])
    actor = actor_of(submission)
    if result.case is not None and not isinstance(actor, str):  # a machine closes nothing
        put_right(
            actor=actor, case=result.case, photos=tuple(photos), words=result.words,
            at=submission.received_at,
        )  # fmt: skip
