"""Addresses of the residents' door; they end in a slash, unlike receipts of declarations."""

from django.urls import path, re_path

from . import map, report, tracking

app_name = "report"
urlpatterns = [
    re_path(r"^[rR]/$", report.new, name="new"),
    path("r/where/", report.where, name="where"),
    path("r/ground.svg", report.ground, name="ground"),
    path("r/mine/", tracking.mine, name="mine"),
    re_path(r"^r/map/?$", map.public_map, name="map"),
    re_path(r"^[rR]/[tT]/(?P<receipt>[0-9A-Za-z]{1,40})/$", tracking.track, name="track"),
    path("r/t/<slug:receipt>/rate/", tracking.rate, name="rate"),
    path("r/t/<slug:receipt>/reopen/", tracking.reopen, name="reopen"),
]
