"""Addresses that phones ask, below /field/api/."""

from django.urls import path, re_path

from . import field

app_name = "sync"
urlpatterns = [
    path("devices/", field.devices, name="devices"),
    path("ahead/", field.ahead, name="ahead"),
    path("pull/", field.pull, name="pull"),
    path("ops/", field.ops, name="ops"),
    re_path(r"^photos/(?P<digest>[0-9a-f]{64})/\Z", field.photo, name="photo"),
    path("wiped/", field.wiped, name="wiped"),
]
