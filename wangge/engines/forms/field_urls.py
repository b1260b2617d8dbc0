"""Addresses of the forms for the field app."""

from django.urls import path

from . import field

app_name = "fieldforms"
urlpatterns = [
    path("", field.forms, name="list"),
    path("<slug:key>/<int:number>/", field.form, name="form"),
]
