"""Addresses of visits, care, captains and commuters, under /console/visits/."""

from django.urls import path

from ..console import captains, care, visits, visits_card

app_name = "visits"
urlpatterns = [
    path("", visits.listing, name="list"),
    path("<int:pk>/", visits.visit, name="visit"),
    path("odds/", visits.odds, name="odds"),
    path("<int:pk>/holds/", visits.settle, name="settle"),
    path("topics/", visits.topics, name="topics"),
    path("search/", visits.search, name="search"),
    path("doors/<slug:kind>/<int:pk>/", visits.door, name="door"),
    path("cards/<int:pk>/", visits_card.card, name="card"),
    path("cards/<int:pk>/pdf/", visits_card.card_file, name="card_file"),
    path("care/", care.listing, name="care"),
    path("care/new/", care.new, name="care_new"),
    path("care/pairing/", care.pairing, name="pairing"),
    path("care/<int:pk>/", care.one, name="care_one"),
    path("care/<int:pk>/change/", care.change, name="care_change"),
    path("care/<int:pk>/serve/", care.serve, name="care_serve"),
    path("captains/", captains.captains, name="captains"),
    path("captains/new/<int:building>/", captains.new_captain, name="captain_new"),
    path("captains/<int:pk>/change/", captains.change_captain, name="captain_change"),
    path("commuters/", captains.commuters, name="commuters"),
    path("commuters/new/", captains.new_commuter, name="commuter_new"),
    path("commuters/<int:pk>/end/", captains.end_commuter, name="commuter_end"),
]
