"""Addresses of the board, under /console/insight/."""

from django.urls import path

from .console import board, late, rows

app_name = "insight"
urlpatterns = [
    path("", board.board, name="board"),
    path("file/", board.board_file, name="file"),
    path("late/", late.late, name="late"),
    path("rows/<slug:code>/<slug:side>/", rows.rows, name="rows"),
]
