"""Addresses of GeoReport v2, at /open311/v2/."""

from django.urls import re_path

from . import rest

app_name = "open311"
FORM = r"\.(?P<form>json|xml)$"

urlpatterns = [
    re_path(rf"^discovery{FORM}", rest.catalogue, {"what": "discovery"}, name="discovery"),
    re_path(rf"^services{FORM}", rest.catalogue, {"what": "services"}, name="services"),
    re_path(
        rf"^services/(?P<code>[\w.-]{{1,60}}){FORM}", rest.catalogue, {"what": "services"}, name="definition"
    ),
    re_path(rf"^requests{FORM}", rest.requests_, name="requests"),
    re_path(rf"^requests/(?P<number>[\w-]{{1,40}}){FORM}", rest.one, name="request"),
    re_path(rf"^servicerequestupdates{FORM}", rest.updates, name="updates"),
]
