"""The call-back card. Capital V too: a QR code holds capitals more densely."""

from django.urls import re_path

from .card import card

app_name = "visitcard"
urlpatterns = [re_path(r"^[vV]/(?P<token>[0-9A-Za-z]{1,400})/?$", card, name="card")]
