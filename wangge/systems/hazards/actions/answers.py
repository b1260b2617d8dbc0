"""A checklist that was filled in on a phone, in a visit or with ODK Collect, is an inspection too."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from wangge.engines.forms.answers import Unreadable
from wangge.engines.forms.models import Submission
from wangge.engines.forms.queries import answered
from wangge.foundation.access.queries import may

from ..enums import CHECKLIST, By
from ..models import Inspection
from ..queries.about import About
from ..queries.checklists import checklist_of
from .inspecting import Answer, Said, record_inspection


def take_answer(*, submission: Submission) -> Inspection | None:
    """Record an answer to a checklist that says what it is about; None for any other answer. What the phone
    calls put right on the spot stays open until its photo is here (``arriving.take_photos``)."""
    version = submission.version
    about = _about(submission)
    if not version.form.key.startswith(CHECKLIST) or about is None:
        return None
    checklist = checklist_of(version)
    try:
        values = answered(submission).single
    except Unreadable:
        return None
    words = next((text for path, text in values.items() if path.endswith("/words")), "")
    said = Said(
        op=op_of(submission), checklist=checklist, about=about,
        answers={item.name: Answer(values.get(item.path, ""), words) for item in checklist.items},
        at=submission.received_at, words=words, by=str(By.PHONE),
    )  # fmt: skip
    return record_inspection(actor=actor_of(submission), said=said) if checklist.items else None


def op_of(submission: Submission) -> UUID:
    """The inspection that an answer is."""
    return uuid5(NAMESPACE_URL, f"forms:{submission.instance}")


def actor_of(submission: Submission) -> Any:
    """Who filled it in, while she may open hazards there: an answer is not lost with its worker's grant."""
    worker = submission.worker
    return worker if worker and may(worker, "case.open", submission.area_code) else "phone"


def _about(submission: Submission) -> About | None:
    if submission.organisation is not None:
        return About("organisations", submission.organisation)
    return About("rooms", submission.room) if submission.room is not None else None
