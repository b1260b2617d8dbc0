"""Addresses of the field pages of declarations."""

from django.urls import path

from . import scan

app_name = "fieldcodes"
urlpatterns = [path("scan/", scan.scan, name="scan")]
