"""Addresses of photos in the console."""

from django.urls import path

from . import console

app_name = "photos"
urlpatterns = [path("<slug:digest>/", console.show, name="show")]
