"""What came back: the answers to a version, and one opened with its files. Every look into one is noted."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.actions import note_reading
from wangge.foundation.access.rules import requires
from wangge.lib.pictures import TYPES

from .. import queries
from ..models import Attachment, FormVersion, Submission
from ..queries.files import content_of, files_of
from ..queries.opened import told_in
from .versions import MOST


@require_GET
@requires("form.manage")
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """What came back to a version, the newest first: when, from whom, which files, what of it was written.
    No answer is read here."""
    row = get_object_or_404(FormVersion.objects.select_related("form").defer(*queries.LARGE), pk=pk)
    names = queries.fact_names()
    rows = [
        (each, [(names.get(fact, fact), why) for fact, why in each.written.get("refused", ())])
        for each in queries.answers_of(row, MOST)
    ]
    context = {"version": row, "rows": rows}
    return render(request, "forms/answers.html", context)


@never_cache
@require_GET
@requires("form.manage")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What one answer says: facts masked as on every page, what is the form's own in full."""
    rows = Submission.objects.select_related("version__form", "person", "worker", "device")
    row = get_object_or_404(rows.defer("version__workbook"), pk=pk)
    note_reading(actor=request.user, subject=row.person or row)
    context = {
        "row": row, "parts": told_in(row), "files": files_of(row), "forgotten": not row.xml_sealed,
    }  # fmt: skip
    return render(request, "forms/answer.html", context)


@never_cache
@require_GET
@requires("form.manage")
def file(request: HttpRequest, pk: int) -> FileResponse:
    """One file: a picture to look at, anything else to be saved, under a name that tells nothing."""
    row = get_object_or_404(Attachment.objects.select_related("submission__person"), pk=pk)
    try:
        content = content_of(row)
    except LookupError:
        raise Http404 from None
    note_reading(actor=request.user, subject=row.submission.person or row.submission)
    shown = not row.fault and row.kind in TYPES
    kind = TYPES[row.kind] if shown else "application/octet-stream"
    name = f"{row.pk}{PurePath(row.name).suffix.lower()}"
    return FileResponse(BytesIO(content), as_attachment=not shown, filename=name, content_type=kind)
