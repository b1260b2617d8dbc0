"""Addresses of the territory's pages, under console/areas/."""

from django.urls import path, re_path

from wangge.site.territory import bordering, console, dividing, files, standards

app_name = "territory"
_CODE = r"(?P<code>\d{12}(?:\d{3})?)"

urlpatterns = [
    path("", console.areas, name="areas"),
    path("map/", console.map_page, name="map"),
    path("grids.geojson", console.grids_geojson, name="grids"),
    path("import/", files.import_page, name="import"),
    path("export.geojson", files.export, name="export"),
    re_path(rf"^{_CODE}/$", console.area, name="area"),
    re_path(rf"^{_CODE}/children/$", console.children, name="children"),
    re_path(rf"^{_CODE}/standards/$", standards.standards, name="standards"),
    re_path(rf"^{_CODE}/describe/$", dividing.describe, name="describe"),
    re_path(rf"^{_CODE}/border/$", bordering.border, name="border"),
    path("changes/<int:pk>/withdraw/", bordering.withdraw, name="withdraw"),
    re_path(rf"^{_CODE}/split/$", dividing.split, name="split"),
    re_path(rf"^{_CODE}/merge/$", dividing.merge, name="merge"),
]
