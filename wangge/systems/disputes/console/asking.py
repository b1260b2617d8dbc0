"""Which dispute a page is asked for."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import Refused

from ..queries.disputes import dispute_numbered
from ..rules import handles, leads


def dispute_of(request: HttpRequest, number: str) -> Case:
    """The dispute an address names.

    Raises:
        Http404: none that the reader may see.
    """
    case = dispute_numbered(request.user, number)
    if case is None:
        raise Http404
    return case


def handled_of(request: HttpRequest, number: str, *, lead: bool = False) -> Case:
    """The same, and the reader handles it.

    Args:
        lead: she has to be one of those named for it, of the community or the street.

    Raises:
        Http404: as above. Refused: others handle it.
    """
    case = dispute_of(request, number)
    if not (leads if lead else handles)(request.user, case):
        raise Refused(_("这件纠纷由别人承办，当事人和调解内容只给承办的人看。"))
    return case
