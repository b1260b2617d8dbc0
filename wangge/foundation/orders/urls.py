"""Addresses of the pages of the emergency orders."""

from django.urls import path

from .console import listing, order, papers, rows, verbs, writing

app_name = "orders"
urlpatterns = [
    path("", listing.orders, name="list"),
    path("new/", writing.new, name="new"),
    path("<int:pk>/", order.order, name="order"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/counts/", order.counts, name="counts"),
    path("<int:pk>/progress/", order.progress, name="progress"),
    path("<int:pk>/rows/", rows.rows, name="rows"),
    path("<int:pk>/export/", rows.export, name="export"),
    path("<int:pk>/start/", verbs.start, name="start"),
    path("<int:pk>/discard/", verbs.discard, name="discard"),
    path("<int:pk>/extend/", verbs.extend, name="extend"),
    path("<int:pk>/close/", verbs.close, name="close"),
    path("<int:pk>/accept/", verbs.accept, name="accept"),
    path("<int:pk>/certificate/", papers.certificate, name="certificate"),
    path("<int:pk>/certificate.pdf", papers.pdf, name="pdf"),
    path("<int:pk>/summary.json", papers.summary, name="summary"),
]
