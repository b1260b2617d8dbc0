"""Addresses of the desk."""

from django.urls import path

from .console import desk

app_name = "rights"
urlpatterns = [
    path("", desk.listing, name="list"),
    path("<int:pk>/", desk.shown, name="request"),
    path("<int:pk>/answer/", desk.answer, name="answer"),
    path("<int:pk>/extend/", desk.extend, name="extend"),
    path("<int:pk>/paper/", desk.paper, name="paper"),
]
