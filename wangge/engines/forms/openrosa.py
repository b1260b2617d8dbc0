"""The door of ODK Collect and other OpenRosa clients (docs.getodk.org/openrosa).

A device's token stands in the address, as ODK has it. Whoever has no live token learns nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from wangge.foundation.access.rules import Unacceptable
from wangge.lib.scoping import Reach, within

from .actions import keep_answer
from .actions.answering import Different
from .actions.devices import hashed
from .answers import Unreadable, read_answer
from .models import Device, FormVersion
from .queries import device_of, given_out, version_answered

XML = "text/xml; charset=utf-8"
LISTED = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
REPLY = "http://openrosa.org/http/response"
View = Callable[..., HttpResponse]


def for_device(*methods: str) -> Callable[[View], View]:
    """Lets a live device in, with the reach of its area, by these methods."""

    def door(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
            device = device_of(hashed(token))
            if device is None:
                return _said(403, _("这个填表地址不能用了。请找社区要新的二维码。"))
            if request.method not in methods:
                return _said(405, _("这个地址不接受这种请求。"))
            Device._base_manager.filter(pk=device.pk).update(seen_at=timezone.now())
            with within(Reach((device.prefix,))):
                answer = view(request, device, token, **kwargs)
            answer["X-OpenRosa-Version"] = "1.0"
            return answer

        return guarded

    return door


@for_device("GET", "HEAD")
def form_list(request: HttpRequest, device: Device, token: str) -> HttpResponse:
    """The forms this device may fill in; ``?formID=`` narrows it to one."""
    wanted = request.GET.get("formID")
    rows = [version for version in given_out() if wanted in (None, version.form.key)]
    listed = "".join(_listed(request, version, token) for version in rows)
    return HttpResponse(f'<?xml version="1.0"?><xforms xmlns="{LISTED}">{listed}</xforms>', content_type=XML)


def _listed(request: HttpRequest, version: FormVersion, token: str) -> str:
    here = request.build_absolute_uri(f"/openrosa/{token}/forms/{version.form.key}")
    return (
        f"<xform><formID>{escape(version.form.key)}</formID><name>{escape(version.form.title)}</name>"
        f"<version>{escape(version.label)}</version><hash>md5:{version.digest}</hash>"
        f"<downloadUrl>{escape(here)}.xml</downloadUrl><manifestUrl>{escape(here)}/manifest</manifestUrl></xform>"
    )


@for_device("GET", "HEAD")
def form(request: HttpRequest, device: Device, token: str, key: str) -> HttpResponse:
    """The published XForm."""
    version = given_out().filter(form__key=key).first()
    if version is None:
        return _said(404, _("没有这张表单，或它已停用。"))
    return HttpResponse(version.xform, content_type=XML)


@for_device("GET", "HEAD")
def manifest(request: HttpRequest, device: Device, token: str, key: str) -> HttpResponse:
    """The files a form needs; ours need none."""
    return HttpResponse(f'<?xml version="1.0"?><manifest xmlns="{MANIFEST}"/>', content_type=XML)


@for_device("HEAD", "POST")
def submission(request: HttpRequest, device: Device, token: str) -> HttpResponse:
    """An answer, whole or in several posts. HEAD asks how much is taken at once."""
    if request.method == "HEAD":
        answer = HttpResponse(status=204)
        answer["Location"] = request.build_absolute_uri()
        answer["X-OpenRosa-Accept-Content-Length"] = str(settings.UPLOAD_LIMIT)
        return answer
    try:
        return _take(request, device)
    except Unreadable as error:
        return _said(413 if error.why == "size" else 400, _WHY[error.why]())
    except Different as error:
        return _said(409, str(error))
    except Unacceptable as error:
        return _said(400, str(error))


def _take(request: HttpRequest, device: Device) -> HttpResponse:
    files: dict[str, Any] = dict(request.FILES.items())
    sent = files.pop("xml_submission_file", None)
    if sent is None:
        return _said(400, _("没有收到答案文件 xml_submission_file。"))
    answer = read_answer(sent.read())
    version = version_answered(answer.form, answer.version)
    if version is None:
        return _said(404, _("没有这张表单，或它不属于您的区域。答案还在手机上，请联系社区。"))
    kept = keep_answer(device=device, version=version, answer=answer, files=files)
    if kept.missing:  # Collect sends the rest in further posts
        return _said(201, _("文字已收到，还差 %(n)d 个附件。") % {"n": len(kept.missing)})
    return _said(201, _("已收到。"))


_WHY: dict[str, Callable[[], str]] = {
    "xml": lambda: _("答案不是完整的 XML，没有收下。请重新发送。"),
    "size": lambda: _("答案太大，没有收下。"),
    "form": lambda: _("答案没有写明是哪张表单。"),
    "instance": lambda: _("答案没有编号（instanceID）。"),
    "root": lambda: _("这是另一张表单的答案。请在手机上重新打开表单再填。"),
    "twice": lambda: _("同一道题在答案里出现了两次，没有收下。请在手机上重新保存后再发送。"),
}


def _said(status: int, words: str) -> HttpResponse:
    body = f'<OpenRosaResponse xmlns="{REPLY}"><message>{escape(words)}</message></OpenRosaResponse>'
    answer = HttpResponse(f'<?xml version="1.0"?>{body}', status=status, content_type=XML)
    answer["X-OpenRosa-Version"] = "1.0"
    # Django writes the address of what it refused into the log, and the token stands in it
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer
