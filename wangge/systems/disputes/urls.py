"""Addresses of disputes, under /console/disputes/."""

from django.urls import path

from .console import agreements, follow_ups, handlers, listing, log, opening, parties, rates, sessions

app_name = "disputes"
urlpatterns = [
    path("", listing.disputes, name="list"),
    path("export/", listing.export, name="export"),
    path("new/", opening.new, name="new"),
    path("log/", log.log, name="log"),
    path("log/file/", log.log_file, name="log_file"),
    path("log/<int:pk>/", log.log_rows, name="log_rows"),
    path("rates/", rates.rates, name="rates"),
    path("rates/file/", rates.rates_file, name="rates_file"),
    path("rates/<slug:code>/<slug:side>/", rates.rates_rows, name="rates_rows"),
    path("<slug:number>/take-on/", handlers.take_on, name="take_on"),
    path("<slug:number>/handlers/", handlers.appoint, name="appoint"),
    path("<slug:number>/parties/", parties.parties, name="parties"),
    path("<slug:number>/parties/<int:pk>/reveal/", parties.reveal, name="reveal"),
    path("<slug:number>/session/", sessions.session, name="session"),
    path("<slug:number>/agreement/", agreements.agreement, name="agreement"),
    path("<slug:number>/agreement/sign/", agreements.sign, name="sign"),
    path("<slug:number>/agreement/<int:at>/file/", agreements.paper, name="paper"),
    path("<slug:number>/follow/", follow_ups.follow, name="follow"),
]
