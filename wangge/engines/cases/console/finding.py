"""The case a page is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from ..models import Case
from ..queries.worklist import case_numbered


def case_or_404(request: HttpRequest, number: str) -> Case:
    """One of those the reader may see.

    Raises:
        Http404: there is none for her.
    """
    case = case_numbered(request.user, number)
    if case is None:
        raise Http404
    return case
