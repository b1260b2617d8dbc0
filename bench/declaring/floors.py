"""What the endpoint is measured against, each served as the product is: nothing but a WSGI function (what
granian and the load generator can do), a Django view that does nothing, and a bare django-ninja insert of the
same body by one ``create``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import django
import environ
from django.conf import settings

if not settings.configured:
    database = environ.Env().db_url_config(os.environ["WANGGE_DATABASE_URL"])
    if "postgresql" in database["ENGINE"]:
        database["OPTIONS"] = {"pool": {"min_size": 2, "max_size": 16}}
    settings.configure(
        SECRET_KEY="floor", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, DATABASES={"default": database},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", USE_TZ=True, MIDDLEWARE=[],
    )  # fmt: skip
    django.setup()

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI, Schema


class Bare(models.Model):
    """One row, one index: what a first version of such an endpoint writes."""

    report = models.UUIDField(unique=True)
    code = models.CharField(max_length=400)
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    id_no = models.CharField(max_length=18)
    phone = models.CharField(max_length=20)
    address = models.CharField(max_length=200)
    body = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "floors"


class Human(Schema):
    name: str
    id_type: str = ""
    id_no: str = ""
    phone: str = ""
    birth: str = ""
    sex: str = ""


class Sent(Schema):
    report: str
    code: str
    kind: str
    reported_by: str
    consent: dict[str, str]
    people: list[Human]
    trip: dict[str, str]
    stay: dict[str, str]


api = NinjaAPI()


@api.post("/bare")
def bare(request: HttpRequest, sent: Sent) -> dict[str, Any]:
    """Validate by the schema, write one row, answer its key."""
    first = sent.people[0]
    row = Bare.objects.create(
        report=sent.report, code=sent.code, kind=sent.kind, name=first.name, id_no=first.id_no,
        phone=first.phone, address=sent.stay["address"], body=sent.dict(),
    )  # fmt: skip
    return {"number": row.pk}


def nothing(request: HttpRequest) -> HttpResponse:
    """A view that does nothing."""
    return HttpResponse(b'{"number": 1}', content_type="application/json")


urlpatterns = [path("nothing", nothing), path("", api.urls)]
application = WSGIHandler()


def constant(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """No framework at all."""
    environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [b'{"number": 1}']


def make() -> None:
    """The table, in an empty database."""
    with connection.schema_editor() as editor:
        editor.create_model(Bare)
