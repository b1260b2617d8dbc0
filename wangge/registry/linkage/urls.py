"""Addresses of the pages of the linkage."""

from django.urls import path

from .console import pairs, persons, runs, thresholds

app_name = "linkage"
urlpatterns = [
    path("", pairs.pairs, name="list"),
    path("several/", pairs.settle_many, name="settle_many"),
    path("undo/", pairs.take_back, name="take_back"),
    path("<int:pk>/", pairs.pair, name="pair"),
    path("<int:pk>/settle/", pairs.settle, name="settle"),
    path("persons/<int:pk>/", persons.person, name="person"),
    path("runs/", runs.runs, name="runs"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/progress/", runs.progress, name="progress"),
    path("runs/<int:pk>/rows/", runs.rows, name="rows"),
    path("thresholds/", thresholds.thresholds, name="thresholds"),
    path("thresholds/set/", thresholds.set_thresholds, name="set_thresholds"),
]
