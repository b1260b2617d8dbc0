"""Addresses of cases, under /console/cases/."""

from django.urls import path

from .console import bundle, case, joining, map, opening, procedures, roster, taking, units, workbench

app_name = "cases"
urlpatterns = [
    path("", workbench.workbench, name="workbench"),
    path("export/", workbench.export, name="export"),
    path("alike/<slug:system>/", opening.alike, name="alike"),
    path("map/", map.page, name="map"),
    path("map/points/", map.points, name="map_points"),
    path("map/here/", map.here, name="map_here"),
    path("units/", units.listing, name="units"),
    path("units/new/", units.new, name="unit_new"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/edit/", units.edit, name="unit_edit"),
    path("units/<int:pk>/members/", units.join, name="unit_join"),
    path("units/<int:pk>/members/<int:member>/end/", units.leave, name="unit_leave"),
    path("units/<int:pk>/roster/", roster.roster, name="roster"),
    path("procedures/", procedures.listing, name="procedures"),
    path("procedures/load/", procedures.load, name="procedure_load"),
    path("procedures/<slug:key>/", procedures.procedure, name="procedure"),
    path("procedures/<slug:key>/drop/", procedures.drop, name="procedure_drop"),
    path("<slug:number>/", case.show, name="show"),
    path("<slug:number>/step/", taking.take, name="take"),
    path("<slug:number>/split/", joining.split, name="split"),
    path("<slug:number>/bundle/", bundle.bundle, name="bundle"),
    path("<slug:number>/reveal/", case.reveal, name="reveal"),
    path("<slug:number>/photos/<slug:digest>/", case.photo, name="photo"),
]
