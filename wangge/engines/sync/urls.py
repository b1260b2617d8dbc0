"""Addresses of the page of the phones."""

from django.urls import path

from . import console

app_name = "phones"
urlpatterns = [
    path("", console.listing, name="list"),
    path("<int:pk>/", console.phone, name="phone"),
    path("<int:pk>/revoke/", console.revoke, name="revoke"),
    path("operations/<int:pk>/retry/", console.retry, name="retry"),
]
