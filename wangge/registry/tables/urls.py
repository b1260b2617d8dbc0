"""Addresses of the pages of departmental tables."""

from django.urls import path

from .console import admission, asking, burden, filling, listing

app_name = "tables"
urlpatterns = [
    path("", listing.tables, name="list"),
    path("new/", asking.upload, name="upload"),
    path("<int:pk>/", listing.table, name="table"),
    path("<int:pk>/columns/", asking.columns, name="columns"),
    path("<int:pk>/preview/", filling.preview, name="preview"),
    path("<int:pk>/close/", listing.close, name="close"),
    path("fills/<int:pk>/", filling.filling, name="filling"),
    path("fills/<int:pk>/file/", filling.fetch, name="file"),
    path("admissions/", admission.admissions, name="admissions"),
    path("<int:pk>/admission/", admission.admission, name="admission"),
    path("<int:pk>/admission/propose/", admission.propose, name="propose"),
    path("new-columns/<int:pk>/", admission.column, name="column"),
    path("new-columns/<int:pk>/map/", admission.map_to, name="map"),
    path("new-columns/<int:pk>/decline/", admission.decline, name="decline"),
    path("burden/", burden.burden, name="burden"),
    path("burden/rows/<slug:of>/", burden.rows, name="burden_rows"),
    path("burden/export/", burden.export, name="burden_export"),
]
