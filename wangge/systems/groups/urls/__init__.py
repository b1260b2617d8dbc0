"""Addresses of the console's pages; those without account stand in ``door``."""

from django.urls import path

from ..console import comparing, coverage, groups, members

app_name = "groups"
urlpatterns = [
    path("", groups.index, name="list"),
    path("new/", groups.new, name="new"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/rows/", coverage.rows, name="coverage_rows"),
    path("<int:pk>/", groups.group, name="group"),
    path("<int:pk>/invite/", groups.invite, name="invite"),
    path("<int:pk>/link/", comparing.link, name="link"),
    path("<int:pk>/members/", members.members, name="members"),
    path("<int:pk>/members/file/", members.roster_file, name="roster_file"),
    path("<int:pk>/compare/", comparing.compare, name="compare"),
    path("<int:pk>/compare/file/", comparing.compare_file, name="compare_file"),
    path("members/<int:pk>/decide/", members.decide, name="decide"),
    path("members/<int:pk>/remove/", members.remove, name="remove"),
    path("members/<int:pk>/appoint/", members.appoint, name="appoint"),
    path("members/<int:pk>/match/", members.match, name="match"),
]
