"""The newest declarations through the API, within the caller's reach."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query

from wangge.foundation.clients.rules import REFUSALS, needs

from ..queries.newest import MOST, newest
from .router import router
from .shapes import DeclarationOut

_ANSWER = {
    "responses": {
        200: {
            "content": {
                "application/json": {"schema": {"type": "array", "items": DeclarationOut.model_json_schema()}}
            }
        }
    }
}


@router.get("/newest", openapi_extra=_ANSWER, response=REFUSALS, summary="最新报备")
@needs("declarations.read", "declaration.view")
def newest_declarations(
    request: HttpRequest,
    area: str = Query("", pattern=r"^(\d{6}|\d{9}|\d{12}|\d{15})?$"),
    limit: int = Query(100, ge=1, le=MOST),
    before: int | None = Query(None, ge=1, le=2**63 - 1),
) -> HttpResponse:
    """The newest first, of one area or the whole reach; ``before`` is the last ``id`` of the page before."""
    body = newest(area, limit=limit, before=before)
    return HttpResponse(
        body, content_type="application/json; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
