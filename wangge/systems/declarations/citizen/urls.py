"""Addresses of the residents' door. Capital C and R too: a QR code holds capitals more densely."""

from django.urls import path, re_path

from . import mine, receipt, scan

app_name = "declare"
_REPORT = "my/declarations/<uuid:report>/<int:line>"
urlpatterns = [
    re_path(r"^[cC]/$", scan.number, name="number"),
    re_path(r"^[cC]/regions/$", scan.region_list, name="regions"),
    re_path(r"^[cC]/(?P<token>[0-9A-Za-z-]{1,400})$", scan.form, name="form"),
    re_path(r"^[rR]/(?P<token>[0-9A-Za-z]{1,400})$", receipt.receipt, name="receipt"),
    re_path(r"^[rR]/(?P<token>[0-9A-Za-z]{1,400})/qr$", receipt.receipt_qr, name="receipt_qr"),
    path("my/declarations/", mine.mine, name="mine"),
    path("my/declarations/<uuid:report>/again/", mine.again, name="again"),
    path(f"{_REPORT}/correct/", mine.correct, name="correct"),
    path(f"{_REPORT}/withdraw/", mine.take_back, name="withdraw"),
]
