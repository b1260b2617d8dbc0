"""What a worker found becomes a case; its reporter hears how it goes."""

from __future__ import annotations

from typing import Any

from wangge.flows.reactions import own_transactions
from wangge.foundation.access.models import User
from wangge.foundation.access.queries import may
from wangge.foundation.journal.models import Entry
from wangge.systems.fieldwork.enums import Outcome
from wangge.systems.fieldwork.models import Finding
from wangge.systems.incidents.actions.found import open_found
from wangge.systems.incidents.actions.telling import tell_reporters


def open_from_finding(entry: Entry) -> None:
    """On finding.recorded: 上报事件 opens a case, once for each finding; other outcomes are others'."""
    finding = Finding._base_manager.select_related("room", "organisation").filter(pk=entry.subject_id).first()
    if finding is None or finding.kind != Outcome.EVENT:
        return
    place = None if finding.lon is None or finding.lat is None else (finding.lon, finding.lat)
    open_found(
        actor=_worker(finding), op=finding.op, area=finding.area_code, topic=finding.topic,
        words=finding.words, at=finding.at, patrol=finding.result_id is not None, place=place,
        photos=finding.photos, room=finding.room, organisation=finding.organisation,
    )  # fmt: skip


def _worker(finding: Finding) -> Any:
    """Whoever found it; only her account's name where she may open no case there any more."""
    user = User.objects.filter(username=finding.worker).first()
    return user if user is not None and may(user, "case.open", finding.area_code) else finding.worker


@own_transactions
def tell_reporter(entry: Entry) -> None:
    """On case.step: a message to everybody who follows the case, where the step tells reporters."""
    if "reporter" in entry.data.get("tells", ()):
        tell_reporters(case_pk=int(entry.subject_id), at_step=int(entry.data["at_step"]))
