"""A version on a phone before it goes out: the frame with what is around it, and the phone itself."""

from __future__ import annotations

from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from wangge.foundation.access.rules import requires

from . import queries
from .models import FormVersion

LANGUAGES = {"zh-hans", "en"}
# The engine compiles its reader of formulas (WebAssembly); only pages that render a form allow that.
ENGINE = {"script-src": ["'wasm-unsafe-eval'"]}


@require_GET
@requires("form.manage")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A phone frame beside the questions and what they are bound to."""
    version = get_object_or_404(FormVersion.objects.select_related("form").defer(*queries.LARGE), pk=pk)
    facts = queries.fact_names()
    context = {
        "version": version,
        "questions": [(question, facts.get(question["fact"], "")) for question in version.questions],
    }
    return render(request, "forms/preview.html", context)


@require_GET
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})
@csp_update(ENGINE)
@requires("form.manage")
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The form alone, as on a phone. ``?type=large`` and ``?language=en`` stand for the reader's settings."""
    version = get_object_or_404(FormVersion.objects.select_related("form").defer("workbook"), pk=pk)
    asked = request.GET.get("language")
    language = asked if asked in LANGUAGES else get_language()
    context = {"version": version, "language": language, "large": request.GET.get("type") == "large"}
    with override(language):
        return render(request, "forms/phone.html", context)
