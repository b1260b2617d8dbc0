"""Addresses of the register. No personal value stands in any of them."""

from django.urls import path

from .console import deciding, editing, lists, person, places

app_name = "people"
urlpatterns = [
    path("", lists.people, name="list"),
    path("search/", lists.search, name="search"),
    path("new/", editing.register, name="register"),
    path("contradictions/", deciding.contradictions, name="contradictions"),
    path("contradictions/<int:pk>/settle/", deciding.settle, name="settle"),
    path("merges/<int:pk>/undo/", deciding.unmerge, name="unmerge"),
    path("households/", lists.households, name="households"),
    path("households/<int:pk>/", places.household, name="household"),
    path("rooms/<int:pk>/", places.room, name="room"),
    path("buildings/", lists.buildings, name="buildings"),
    path("buildings/<int:pk>/", places.building, name="building"),
    path("buildings/<int:pk>/grid/", places.assign_grid, name="assign_grid"),
    path("estates/<int:pk>/", places.estate, name="estate"),
    path("organisations/", lists.organisations, name="organisations"),
    path("organisations/<int:pk>/", places.organisation, name="organisation"),
    path("areas/<str:code>/", places.area, name="area"),
    path("relations/<int:pk>/correct/", editing.correct, name="correct"),
    path("<int:pk>/", person.person, name="person"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/move/", editing.move, name="move"),
    path("<int:pk>/departure/", editing.depart, name="depart"),
    path("<int:pk>/readings/", person.readings, name="readings"),
    path("<int:pk>/reveal/<slug:field>/", person.reveal, name="reveal"),
    path("<int:pk>/merge/", deciding.choose_other, name="choose_other"),
    path("<int:keep>/merge/<int:absorb>/", deciding.merge, name="merge"),
]
