"""Addresses of the ledger pages."""

from django.urls import path

from .console import adjudications, changes, dictionary, exports, imports, ledgers, standards, uploads

app_name = "ledgers"
urlpatterns = [
    path("", ledgers.overview, name="list"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", uploads.upload, name="upload"),
    path("imports/<int:pk>/", imports.batch, name="import"),
    path("imports/<int:pk>/columns/", imports.columns_page, name="columns"),
    path("imports/<int:pk>/plan/", imports.plan, name="plan"),
    path("imports/<int:pk>/commit/", imports.commit, name="commit"),
    path("imports/<int:pk>/progress/", imports.progress, name="progress"),
    path("imports/<int:pk>/touched/", imports.touched, name="touched"),
    path("imports/<int:pk>/cancel/", imports.cancel, name="cancel"),
    path("imports/<int:pk>/errors/", imports.errors, name="errors"),
    path("imports/<int:pk>/rows/<str:outcome>/", imports.rows, name="rows"),
    path("changes/", changes.changes, name="changes"),
    path("changes/rows/", changes.behind, name="behind"),
    path("changes/file/", changes.changes_file, name="changes_file"),
    path("adjudications/", adjudications.adjudications, name="adjudications"),
    path("adjudications/several/", adjudications.settle_many, name="settle_many"),
    path("adjudications/undo/", adjudications.undo, name="undo"),
    path("adjudications/<int:pk>/", adjudications.adjudication, name="adjudication"),
    path("adjudications/<int:pk>/settle/", adjudications.settle, name="settle"),
    path("standards/", standards.standards, name="standards"),
    path("standards/adopt/<str:code>/", standards.adopt, name="adopt"),
    path("standards/template/", standards.template, name="template"),
    path("standards/publish/", standards.publish, name="publish"),
    path("dictionary/", dictionary.dictionary, name="dictionary"),
    path("dictionary/<slug:code>/", dictionary.fact, name="fact"),
    path("dictionary/<slug:code>/withdraw/", dictionary.withdraw, name="withdraw"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<int:pk>/", exports.waiting, name="export_waiting"),
    path("exports/<int:pk>/file/", exports.fetch, name="export_file"),
    path("view/<str:code>/", ledgers.ledger, name="ledger"),
    path("view/<str:code>/count/", ledgers.count, name="count"),
    path("view/<str:code>/search/", ledgers.search, name="search"),
    path("view/<str:code>/export/", exports.export, name="export"),
]
