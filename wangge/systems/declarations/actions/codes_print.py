"""Posters: a few at once, many by the worker; the file lies for a day and only who asked for it has it."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from datetime import time as midnight
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wangge.foundation.access import queries as access
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.queries import area_name_path
from wangge.lib import signing
from wangge.lib.scoping import within
from wangge.registry.people.rules import Declined

from ..enums import PosterState
from ..models import PosterRun, ReportCode
from ..outgoing import NoFont, Poster, pdf_of

FEW = 20  # made while the browser waits: under two seconds
MOST = 2_000  # in one file
KEPT = timedelta(hours=24)
OPEN = (PosterState.WAITING, PosterState.WRITING)


def posters_now(*, actor: Any, area: str, codes: Sequence[ReportCode], paper: str, base: str) -> bytes:
    """The posters of a few codes as PDF.

    Raises:
        Declined: no code; or no font, with what to install.
    """
    _must_be_some(codes)
    try:
        made = pdf_of(posters_of(codes, base), paper=paper, typed_at=f"{base}/c/")
    except NoFont as missing:
        raise Declined("no_font", str(missing)) from missing
    _note_printed(actor, area, codes, paper)
    return made


@transaction.atomic
def request_posters(
    *, actor: Any, area: str, codes: Sequence[ReportCode], paper: str, base: str
) -> PosterRun:
    """Hand many posters to the worker.

    Raises:
        Declined: no code, or too many for one file.
    """
    _must_be_some(codes)
    run = PosterRun.objects.create(
        area_code=area, codes=[code.pk for code in codes], paper=paper, base=base, created_by=actor
    )
    data = {"codes": len(codes), "paper": paper}
    journal.record("code.posters_requested", actor=actor, area=area, subject=run, data=data)
    return run


def write_posters(run: PosterRun) -> None:
    """Write the file within the reach its owner has now; written anew after a kill."""
    if run.state not in OPEN:
        return
    _set(run, state=PosterState.WRITING, drawn=0)
    with within(access.reach_for(run.created_by, "code.manage")):
        held = {code.pk: code for code in ReportCode.objects.filter(pk__in=run.codes)}
    codes = [held[key] for key in run.codes if key in held]
    try:
        _must_be_some(codes)
        made = pdf_of(
            posters_of(codes, run.base), paper=run.paper, typed_at=f"{run.base}/c/",
            drawn=lambda count: _set(run, drawn=count),
        )  # fmt: skip
    except OperationalError:
        raise
    except (NoFont, Declined) as missing:
        return _set(run, state=PosterState.FAILED, message=str(missing)[:300], finished_at=timezone.now())
    path = home() / f"{uuid.uuid4().hex}.pdf"
    with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:
        file.write(made)
    _set(run, state=PosterState.DONE, drawn=len(codes), stored=path.name, finished_at=timezone.now())
    _note_printed(run.created_by, run.area_code, codes, run.paper)


@translation.override("zh-hans")
def posters_of(codes: Sequence[ReportCode], base: str) -> list[Poster]:
    """What stands on each page; the address in the QR is in capitals, which a QR holds more densely."""
    paths = {area: area_name_path(area[:12], " · ") for area in {code.area_code for code in codes}}
    return [
        Poster(
            paths[code.area_code],
            code.label,
            f"{base.upper()}/C/{token_of(code)}",
            code.number,
            _("有效期至 %(day)s") % {"day": code.valid_to.isoformat()} if code.valid_to else "",
        )
        for code in codes
    ]


def token_of(code: ReportCode) -> str:
    """The signed token of a code: its number, its round and its end (the last day counts whole)."""
    ends = None
    if code.valid_to is not None:
        ends = timezone.make_aware(datetime.combine(code.valid_to + timedelta(days=1), midnight.min))
    return signing.sign(signing.Token("C", int(code.number), code.round, ends))


def fetch_posters(*, run: PosterRun) -> Path | None:
    """The file; None when there is none (any more)."""
    path = home() / run.stored
    return path if run.state == PosterState.DONE and run.stored and path.is_file() else None


def erase_old_posters() -> int:
    """Sweep: files older than a day go; returns how many runs ended so."""
    due = PosterRun._base_manager.filter(created_at__lt=timezone.now() - KEPT).exclude(
        state=PosterState.EXPIRED
    )
    ended = 0
    for run in due:
        if run.stored:
            (home() / run.stored).unlink(missing_ok=True)
        _set(run, state=PosterState.EXPIRED, stored="")
        ended += 1
    before = time.time() - KEPT.total_seconds()
    for path in home().iterdir():  # left by a process that was killed while it wrote
        if path.is_file() and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
    return ended


def home() -> Path:
    """Where posters lie until they are fetched."""
    place = Path(settings.HOME) / "posters"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def _must_be_some(codes: Sequence[ReportCode]) -> None:
    if not codes:
        raise Declined("no_codes", _("没有可打印的报备码：请先制码，或换一个筛选条件。"))
    if len(codes) > MOST:
        raise Declined("too_many", _("一个文件最多 %(number)d 张，请按社区分几次打印。") % {"number": MOST})


def _note_printed(actor: Any, area: str, codes: Sequence[ReportCode], paper: str) -> None:
    ReportCode._base_manager.filter(pk__in=[code.pk for code in codes]).update(printed_at=timezone.now())
    one = codes[0] if len(codes) == 1 else None
    data = {"codes": len(codes), "paper": paper}
    journal.record("code.printed", actor=actor, area=one.area_code if one else area, subject=one, data=data)


def _set(run: PosterRun, **values: Any) -> None:
    for name, value in values.items():
        setattr(run, name, value)
    PosterRun._base_manager.filter(pk=run.pk).update(**values)
