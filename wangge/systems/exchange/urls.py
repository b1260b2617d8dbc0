"""Addresses of data exchange, under /console/exchange/."""

from django.urls import path

from .console import ledger, requests

app_name = "exchange"
urlpatterns = [
    path("", requests.listing, name="list"),
    path("new/", requests.new, name="new"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/export/", ledger.ledger_file, name="ledger_file"),
    path("<int:pk>/", requests.one, name="request"),
    path("<int:pk>/answer/", requests.answer, name="answer"),
    path("<int:pk>/compare/", requests.comparing, name="compare"),
    path("<int:pk>/end/", requests.ending, name="end"),
]
