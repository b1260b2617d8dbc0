"""Addresses of the forms' pages."""

from django.urls import path

from . import preview
from .console import answers, devices, versions

app_name = "forms"
urlpatterns = [
    path("", versions.listing, name="list"),
    path("new/", versions.upload, name="upload"),
    path("versions/<int:pk>/", versions.version, name="version"),
    path("versions/<int:pk>/answers/", answers.answers, name="answers"),
    path("answers/<int:pk>/", answers.answer, name="answer"),
    path("answers/files/<int:pk>/", answers.file, name="file"),
    path("versions/<int:pk>/publish/", versions.publish, name="publish"),
    path("versions/<int:pk>/retire/", versions.retire, name="retire"),
    path("versions/<int:pk>/bind/", versions.bind, name="bind"),
    path("<int:pk>/preview/", preview.preview, name="preview"),
    path("<int:pk>/preview/phone/", preview.phone, name="phone"),
    path("devices/", devices.devices, name="devices"),
    path("devices/<int:pk>/revoke/", devices.revoke, name="revoke"),
]
