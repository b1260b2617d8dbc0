"""Addresses of whistles, under /console/whistles/."""

from django.urls import path

from .console import blowing, bounds, departments, doing, rates, whistles

app_name = "whistles"
urlpatterns = [
    path("", whistles.whistles, name="list"),
    path("export/", whistles.export, name="export"),
    path("new/", blowing.new, name="new"),
    path("hints/<int:pk>/aside/", doing.aside, name="aside"),
    path("calls/<int:pk>/report/", doing.report, name="report"),
    path("calls/<int:pk>/score/", doing.score, name="score"),
    path("departments/", departments.departments, name="departments"),
    path("departments/file/", departments.departments_file, name="departments_file"),
    path("departments/<int:unit>/<slug:figure>/", departments.rows, name="departments_rows"),
    path("bounds/", bounds.bounds, name="bounds"),
    path("bounds/change/", bounds.change_bounds, name="change_bounds"),
    path("rates/", rates.rates, name="rates"),
    path("rates/file/", rates.rates_file, name="rates_file"),
    path("rates/<slug:side>/", rates.rates_rows, name="rates_rows"),
    path("<slug:number>/approve/", doing.approve, name="approve"),
    path("<slug:number>/call/", doing.one_more, name="call"),
]
