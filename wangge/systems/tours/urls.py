"""Addresses of tours, under /console/tours/."""

from django.urls import path

from .console import briefing, log, problems, raising, tours

app_name = "tours"
urlpatterns = [
    path("", tours.listing, name="list"),
    path("new/", tours.new, name="new"),
    path("<int:pk>/", tours.tour, name="tour"),
    path("<int:pk>/edit/", tours.edit, name="edit"),
    path("<int:pk>/stops/<int:stop>/arrive/", tours.arrive, name="arrive"),
    path("<int:pk>/raise/", raising.heard, name="raise"),
    path("<int:pk>/briefing/", briefing.briefing, name="briefing"),
    path("<int:pk>/briefing/<slug:form>/", briefing.briefing_file, name="briefing_file"),
    path("problems/", log.log, name="log"),
    path("problems/<slug:number>/", problems.problem, name="problem"),
    path("problems/<slug:number>/step/", problems.take, name="take"),
    path("problems/<slug:number>/photos/<slug:digest>/", problems.photo, name="photo"),
]
