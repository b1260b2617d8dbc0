"""Addresses under /groups/: without account."""

from django.urls import path

from ..citizen import (
    demanding,
    ending,
    entering,
    founding,
    joining,
    leaving,
    managing,
    members,
)

app_name = "group"
urlpatterns = [
    path("", entering.home, name="home"),
    path("enter/", entering.enter, name="enter"),
    path("code/", entering.code, name="code"),
    path("out/", entering.out, name="out"),
    path("new/", founding.new, name="new"),
    path("new/code/", founding.found, name="found"),
    path("join/<str:token>/", joining.join, name="join"),
    path("join/<str:token>/code/", joining.join_code, name="join_code"),
    path("mine/<int:pk>/", leaving.mine, name="mine"),
    path("mine/<int:pk>/leave/", leaving.apply, name="apply"),
    path("mine/<int:pk>/leave/alone/", leaving.leave_alone, name="leave_alone"),
    path("mine/<int:pk>/values/", leaving.values, name="values"),
    path("<int:pk>/", managing.group, name="group"),
    path("<int:pk>/activate/", founding.activate, name="activate"),
    path("<int:pk>/invite/", managing.invite, name="invite"),
    path("<int:pk>/members/", managing.members, name="members"),
    path("<int:pk>/members/file/", managing.roster_file, name="roster_file"),
    path("<int:pk>/members/<int:other>/admin/", members.make_admin, name="make_admin"),
    path("<int:pk>/members/<int:other>/admin/remove/", members.remove_admin, name="remove_admin"),
    path("<int:pk>/members/<int:other>/remove/", members.remove, name="remove"),
    path("<int:pk>/members/<int:other>/decide/", members.decide, name="decide"),
    path("<int:pk>/compare/", managing.compare, name="compare"),
    path("<int:pk>/compare/file/", managing.compare_file, name="compare_file"),
    path("<int:pk>/demands/", demanding.demands, name="demands"),
    path("<int:pk>/demands/<int:rule>/remove/", demanding.remove_demand, name="remove_demand"),
    path("<int:pk>/remind/", demanding.remind, name="remind"),
    path("<int:pk>/hand-over/", ending.hand_over, name="hand_over"),
    path("<int:pk>/hand-over/code/", ending.hand_over_code, name="hand_over_code"),
    path("<int:pk>/dissolve/", ending.dissolve, name="dissolve"),
    path("<int:pk>/dissolve/code/", ending.dissolve_code, name="dissolve_code"),
    path("<int:pk>/dissolve/withdraw/", ending.withdraw, name="withdraw"),
]
