"""The trail's pages. They need rights, so they stand one floor above the journal."""

from django.urls import path

from wangge.foundation.access import trail

app_name = "journal"
urlpatterns = [
    path("", trail.entries, name="entries"),
    path("deliveries/", trail.deliveries, name="deliveries"),
    path("deliveries/<int:pk>/retry/", trail.retry, name="retry"),
    path("verify/", trail.verify, name="verify"),
]
