"""Addresses of publicity and education, under /console/education/."""

from django.urls import path

from .console import figures, holding, materials, sessions

app_name = "education"
urlpatterns = [
    path("", sessions.listing, name="list"),
    path("new/", sessions.new, name="new"),
    path("<int:pk>/", sessions.session, name="session"),
    path("<int:pk>/edit/", sessions.edit, name="edit"),
    path("<int:pk>/notice/", sessions.notice, name="notice"),
    path("<int:pk>/held/", holding.hold, name="hold"),
    path("<int:pk>/cancel/", holding.cancel, name="cancel"),
    path("<int:pk>/photos/<slug:digest>/", sessions.photo, name="photo"),
    path("materials/", materials.listing, name="materials"),
    path("materials/new/", materials.new, name="material_new"),
    path("materials/<int:pk>/file/", materials.file, name="material_file"),
    path("materials/<int:pk>/withdraw/", materials.withdraw, name="material_withdraw"),
    path("figures/", figures.figures, name="figures"),
    path("figures/<slug:code>/<slug:side>/", figures.rates_rows, name="rates_rows"),
]
