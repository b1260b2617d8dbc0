"""The firm's own page. Capital S too: a QR code holds capitals more densely."""

from django.urls import re_path

from .check import check

app_name = "hazardcheck"
urlpatterns = [re_path(r"^[sS]/(?P<token>[0-9A-Za-z]{1,400})/?$", check, name="check")]
