"""Addresses of a resident's own data. No personal value stands in any of them."""

from django.urls import path

from . import asking, door, info

app_name = "my"
urlpatterns = [
    path("", door.enter, name="enter"),
    path("code/", door.code, name="code"),
    path("leave/", door.leave, name="leave"),
    path("info/", info.info, name="info"),
    path("info/paper/", info.paper, name="paper"),
    path("info/copy/", info.copy, name="copy"),
    path("info/ask/", asking.ask, name="ask"),
    path("child/<int:child>/", info.info, name="child"),
    path("child/<int:child>/paper/", info.paper, name="child_paper"),
    path("child/<int:child>/copy/", info.copy, name="child_copy"),
    path("child/<int:child>/ask/", asking.ask, name="child_ask"),
    path("by-hand/", asking.stranger, name="stranger"),
    path("requests/<str:number>/", asking.shown, name="request"),
    path("requests/<str:number>/withdraw/", asking.withdraw, name="withdraw"),
]
