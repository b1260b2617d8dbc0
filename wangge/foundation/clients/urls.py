"""Addresses of the pages about API clients."""

from django.urls import path

from .console import clients, webhooks

app_name = "clients"
urlpatterns = [
    path("", clients.listing, name="list"),
    path("new/", clients.new, name="new"),
    path("<int:pk>/", clients.client, name="client"),
    path("<int:pk>/edit/", clients.edit, name="edit"),
    path("<int:pk>/key/", clients.give_key, name="give_key"),
    path("<int:pk>/key/<int:key>/end/", clients.end_key, name="end_key"),
    path("<int:pk>/revoke/", clients.revoke, name="revoke"),
    path("<int:pk>/webhooks/new/", webhooks.subscribe, name="subscribe"),
    path("webhooks/<int:pk>/", webhooks.webhook, name="webhook"),
    path("webhooks/<int:pk>/secret/", webhooks.give_secret, name="give_secret"),
    path("webhooks/<int:pk>/stop/", webhooks.stop, name="stop"),
    path("messages/<int:pk>/resend/", webhooks.resend, name="resend"),
]
