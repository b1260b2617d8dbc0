"""What pyodk reads of ODK Central (docs.getodk.org/central-api): session, project, forms, submissions, OData.

An API client signs in with its name and a key of its own; there is one project, the client's area. Answers to
questions that are facts are masked as everywhere in the API. What is left out answers 501 in Central's form.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from wangge.foundation.access.actions import note_readings
from wangge.foundation.clients.actions import admit
from wangge.foundation.clients.enums import Scope
from wangge.foundation.clients.queries import Caller
from wangge.foundation.territory.queries import names_of
from wangge.lib.problems import Problem
from wangge.lib.scoping import within

from .models import FormVersion, Submission
from .queries import newest_given, submissions_to
from .rest_read import as_row

PROJECT = 1
MOST = 2_000  # rows of one answer; more follow at @odata.nextLink
ENDLESS = 10**9
DAY = timedelta(days=1)
LEFT_OUT = ("$filter", "$select", "$wkt", "$orderby", "$skiptoken")
View = Callable[..., HttpResponse]


class Refusal(Exception):
    """A problem as Central tells it: its code, such as 404.1, and words."""

    def __init__(self, code: float, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(message)


def said(code: float, message: str) -> HttpResponse:
    """Central's form of a refusal."""
    return JsonResponse({"message": message, "code": code}, status=int(code))


def for_client(view: View) -> View:
    """Lets an API client in that may read forms, with its reach; a session's token is its key."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        try:
            caller = _admitted(request, token if kind.lower() == "bearer" else "")
            if request.method != "GET":
                raise _left_out(f"{request.method}")
            with within(caller.client.reach):
                return view(request, caller, *args, **kwargs)
        except Refusal as why:
            return said(why.code, why.message)
        except Problem as why:
            return _problem(why)

    return guarded


def _admitted(request: HttpRequest, token: str) -> Caller:
    caller = admit(token.strip(), address=get_adapter().get_client_ip(request))
    if not caller.holds(Scope.FORMS_READ):
        raise Refusal(403.1, _("这个接口客户端没有“读取表单答案”的权限。请联系系统管理员开通。"))
    return caller


def _problem(why: Problem) -> HttpResponse:
    answer = said(401.2 if why.status == 401 else why.status + 0.1, f"{why.title} {why.detail}".strip())
    if why.retry_after:
        answer["Retry-After"] = str(why.retry_after)
    return answer


def _left_out(what: str) -> Refusal:
    told = _("这里只实现了 ODK Central 接口中读取的部分，没有 %(what)s。全部接口见 /api/v1/docs。")
    return Refusal(501.1, told % {"what": what[:60]})


@csrf_exempt
def sessions(request: HttpRequest) -> HttpResponse:
    """A client signs in: its name as ``email``, a key as ``password``. People do not: they have a second
    factor, which this way of signing in does not ask for."""
    try:
        told = json.loads(request.body or b"{}") if request.method == "POST" else {}
        name, key = (str(told.get(part, "")) for part in ("email", "password"))
        caller = _admitted(request, key)
    except (ValueError, AttributeError):
        return said(400.1, _("请求不是 JSON。"))
    except Refusal as why:
        return said(why.code, why.message)
    except Problem as why:
        return _problem(why)
    if caller.client.name != name:
        return said(401.2, _("名称和密钥对不上。"))
    now = timezone.now()
    return JsonResponse({"token": key, "createdAt": now.isoformat(), "expiresAt": (now + DAY).isoformat()})


@for_client
def current(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Who is signed in; pyodk tries a remembered token by it."""
    client = caller.client
    told = {"id": client.pk, "type": "user", "displayName": client.owner, "email": client.name}
    return JsonResponse(told | {"createdAt": client.made_at.isoformat(), "updatedAt": None})


@for_client
def projects(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The one project there is."""
    return JsonResponse([_project(caller)], safe=False)


@for_client
def project(request: HttpRequest, caller: Caller, pid: int) -> HttpResponse:
    """The client's area."""
    _must_be_here(pid)
    return JsonResponse(_project(caller))


def _project(caller: Caller) -> dict[str, Any]:
    area = caller.client.area_code
    name = names_of([area]).get(area, area)
    return {"id": PROJECT, "name": name, "createdAt": caller.client.made_at.isoformat(), "archived": None}


@for_client
def forms(request: HttpRequest, caller: Caller, pid: int) -> HttpResponse:
    """The forms given out in reach."""
    _must_be_here(pid)
    return JsonResponse([_form(version) for version in newest_given()], safe=False)


@for_client
def form(request: HttpRequest, caller: Caller, pid: int, key: str) -> HttpResponse:
    """One form."""
    return JsonResponse(_form(_version(pid, key)))


@for_client
def form_xml(request: HttpRequest, caller: Caller, pid: int, key: str) -> HttpResponse:
    """Its XForm."""
    return HttpResponse(_version(pid, key).xform, content_type="application/xml; charset=utf-8")


def _form(version: FormVersion) -> dict[str, Any]:
    given = version.published_at
    return {
        "projectId": PROJECT, "xmlFormId": version.form.key, "name": version.form.title,
        "version": version.label, "hash": version.digest,
        "state": "open" if version.state == "published" else "closed",
        "createdAt": version.form.made_at.isoformat(), "publishedAt": given.isoformat() if given else None,
        "enketoId": None, "keyId": None, "updatedAt": None,
    }  # fmt: skip


def _must_be_here(pid: int) -> None:
    if pid != PROJECT:
        raise _missing()


def _missing() -> Refusal:
    return Refusal(404.1, _("没有这个项目、表单或答案，或它不在您的区域里。"))


def _version(pid: int, key: str) -> FormVersion:
    _must_be_here(pid)
    version = newest_given().filter(form__key=key).first()
    if version is None:
        raise _missing()
    return version


@for_client
def submissions(request: HttpRequest, caller: Caller, pid: int, key: str) -> HttpResponse:
    """Who answered when; no answers."""
    rows = submissions_to(_version(pid, key).form)[:MOST]
    return JsonResponse([_submission(row) for row in rows], safe=False)


@for_client
def submission(request: HttpRequest, caller: Caller, pid: int, key: str, iid: str) -> HttpResponse:
    """One answer's head."""
    row = submissions_to(_version(pid, key).form).filter(instance=iid).first()
    if row is None:
        raise _missing()
    return JsonResponse(_submission(row))


def _submission(row: Submission) -> dict[str, Any]:
    return {
        "instanceId": row.instance, "submitterId": row.worker_id or row.device_id or 0,
        "deviceId": f"device:{row.device_id}" if row.device_id else None,
        "createdAt": row.received_at.isoformat(), "updatedAt": None, "reviewState": None,
        "instanceName": None, "userAgent": None,
    }  # fmt: skip


@for_client
def table(request: HttpRequest, caller: Caller, pid: int, key: str) -> HttpResponse:
    """The answers as OData: $top, $skip, $count, and $expand=* for repeats. The reading is noted."""
    asked = next((name for name in LEFT_OUT if name in request.GET), None)
    if asked or request.GET.get("$expand", "*") != "*":
        raise _left_out(asked or "$expand")
    rows = submissions_to(_version(pid, key).form)
    skip, top = _number(request, "$skip", 0), _number(request, "$top", ENDLESS)
    shown = list(rows[skip : skip + min(top, MOST)])
    _noted(caller, shown)
    here = request.build_absolute_uri(request.path)
    told: dict[str, Any] = {"@odata.context": f"{here.rpartition('/')[0]}/$metadata#Submissions"}
    if request.GET.get("$count") in ("true", "True"):
        told["@odata.count"] = rows.count()
    if top > MOST and len(shown) == MOST:
        told["@odata.nextLink"] = _next(request, here, skip + MOST, top - MOST)
    expand = "$expand" in request.GET
    return JsonResponse(told | {"value": [as_row(row, expand=expand) for row in shown]})


def _next(request: HttpRequest, here: str, skip: int, top: int) -> str:
    asked = request.GET.copy()
    asked["$skip"] = str(skip)
    if "$top" in asked:
        asked["$top"] = str(top)
    return f"{here}?{asked.urlencode(safe='$*')}"


def _number(request: HttpRequest, name: str, default: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return default
    if not text.isdigit() or len(text) > 9:
        raise Refusal(400.11, _("%(name)s 应是不小于 0 的整数。") % {"name": name})
    return int(text)


def _noted(caller: Caller, rows: Iterable[Submission]) -> None:
    """Whom it is about reads who looked; an answer about nobody is noted itself."""
    known, others = {}, []
    for row in rows:
        if row.person:
            known[row.person.pk] = row.person
        else:
            others.append(row)
    note_readings(actor=caller, subjects=known.values(), what="export")
    note_readings(actor=caller, subjects=others, what="export")


@for_client
def left_out(request: HttpRequest, caller: Caller, path: str) -> HttpResponse:
    """Whatever else Central can do."""
    raise _left_out(path)
