"""How the API says no: problem details (RFC 9457), whatever went wrong."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from wangge.foundation.clients.actions.calls import unknown
from wangge.lib.problems import MEDIA_TYPE, Problem

log = logging.getLogger(__name__)


def answer_problems(api: NinjaAPI) -> None:
    """Answer every kind of failure of this API in the one shape."""
    for failure, teller in TELLERS.items():
        api.add_exception_handler(failure, _handler(teller))


def _handler(teller: Any) -> Any:
    return lambda request, error: answer_of(teller(error))


def answer_of(problem: Problem) -> HttpResponse:
    """The answer that tells a problem."""
    body = json.dumps(problem.body(), ensure_ascii=False)
    answer = HttpResponse(body, status=problem.status, content_type=MEDIA_TYPE)
    if problem.retry_after:
        answer["Retry-After"] = str(problem.retry_after)
    if problem.status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def _invalid(error: ValidationError) -> Problem:
    # The place and the sentence; never what was typed, which may be a person's.
    errors = {".".join(str(step) for step in each["loc"]): str(each["msg"]) for each in error.errors}
    title = _("请求中有不合格式的内容，没有处理。")
    return Problem(422, "invalid", title, _("请按 errors 逐项改正后再发。"), errors)


def _http(error: HttpError) -> Problem:
    if error.status_code == 400:
        return Problem(400, "unreadable", _("请求读不懂。"), _("请发送 UTF-8 编码的 JSON。"))
    return Problem(error.status_code, "refused", _("请求被拒绝。"), str(error))


def _absent(error: Http404) -> Problem:
    title = _("没有这一项，或不在可见的辖区。")
    return Problem(404, "not_found", title, _("请核对编号；别的辖区的内容这里查不到。"))


def _denied(error: PermissionDenied) -> Problem:
    title = str(error) or _("没有这项权限。")
    return Problem(403, "right_missing", title, _("请联系系统管理员为这个客户端或账号开通。"))


def _broken(error: Exception) -> Problem:
    log.error("API: %s", type(error).__qualname__)  # the kind only: its text may quote a person's data
    title = _("系统出错，没有处理。")
    return Problem(500, "broken", title, _("请稍后用同一个编号再发；仍然出错请把时间告诉系统管理员。"))


TELLERS: dict[type[Exception], Any] = {
    Problem: lambda problem: problem,
    ValidationError: _invalid,
    AuthenticationError: lambda error: unknown(),
    HttpError: _http,
    Http404: _absent,
    PermissionDenied: _denied,
    Exception: _broken,
}


class ProblemSchema(dict):
    """An OpenAPI schema whose refusals of the one shape are declared with their own media type."""

    def __init__(self, schema: dict[str, Any]) -> None:
        super().__init__(schema)
        for path in self["paths"].values():
            for operation in path.values():
                for answer in operation["responses"].values():
                    kinds = answer.get("content", {}).values()
                    if any(kind["schema"].get("$ref", "").endswith("/ProblemOut") for kind in kinds):
                        answer["content"] = {MEDIA_TYPE: kind for kind in kinds}  # noqa: B035 (there is one)
