"""Addresses of what pyodk reads, as ODK Central has them below /v1."""

from django.urls import path

from . import rest

app_name = "odk"
FORM = "projects/<int:pid>/forms/<slug:key>"
urlpatterns = [
    path("sessions", rest.sessions, name="sessions"),
    path("users/current", rest.current, name="current"),
    path("projects", rest.projects, name="projects"),
    path("projects/<int:pid>", rest.project, name="project"),
    path("projects/<int:pid>/forms", rest.forms, name="forms"),
    path(f"{FORM}.xml", rest.form_xml, name="xml"),
    path(f"{FORM}.svc/Submissions", rest.table, name="table"),
    path(FORM, rest.form, name="form"),
    path(f"{FORM}/submissions", rest.submissions, name="submissions"),
    path(f"{FORM}/submissions/<str:iid>", rest.submission, name="submission"),
    path("<path:path>", rest.left_out, name="left_out"),
]
