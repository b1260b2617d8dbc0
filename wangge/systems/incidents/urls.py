"""Addresses of the console pages of incidents and requests."""

from django.urls import path

from .console import hotline, listing, registering

app_name = "incidents"
urlpatterns = [
    path("", listing.cases, name="list"),
    path("new/", registering.new, name="new"),
    path("join/<slug:number>/", registering.join_case, name="join"),
    path("hotline/", hotline.files, name="hotline"),
    path("hotline/replies/", hotline.replies, name="hotline_replies"),
    path("hotline/<int:pk>/", hotline.file, name="hotline_file"),
    path("hotline/<int:pk>/write/", hotline.write, name="hotline_write"),
    path("hotline/<int:pk>/drop/", hotline.drop, name="hotline_drop"),
]
