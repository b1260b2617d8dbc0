"""Addresses of the OpenRosa door, below a device's token."""

from django.urls import path

from . import openrosa

app_name = "openrosa"
urlpatterns = [
    path("<str:token>/formList", openrosa.form_list, name="list"),
    path("<str:token>/forms/<slug:key>.xml", openrosa.form, name="form"),
    path("<str:token>/forms/<slug:key>/manifest", openrosa.manifest, name="manifest"),
    path("<str:token>/submission", openrosa.submission, name="submission"),
]
