"""Addresses of the console pages of scenes, duties and findings."""

from django.urls import path

from ..console import duties, duty_rates, findings, scenes, scenes_rules

app_name = "duties"
urlpatterns = [
    path("", duties.board, name="board"),
    path("rows/", duties.rows, name="rows"),
    path("day/", duties.day_list, name="day_list"),
    path("export/", duties.export, name="export"),
    path("month/", duties.month, name="month"),
    path("rates/", duty_rates.rates, name="rates"),
    path("rates/<slug:code>/<slug:side>/", duty_rates.rates_rows, name="rates_rows"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<int:pk>/photo/<slug:digest>/", findings.photo, name="photo"),
    path("responsibilities/", scenes.responsibilities, name="responsibilities"),
    path("scenes/", scenes.library, name="scenes"),
    path("scenes/new/", scenes.new_scene, name="new_scene"),
    path("scenes/load/", scenes.load_scenes, name="load_scenes"),
    path("scenes/<int:pk>/", scenes.scene, name="scene"),
    path("scenes/<int:pk>/edit/", scenes.edit_scene, name="edit_scene"),
    path("scenes/<int:pk>/withdraw/", scenes.withdraw_scene, name="withdraw_scene"),
    path("scenes/<int:pk>/end/", scenes.end_scene, name="end_scene"),
    path("scenes/<int:pk>/copy/", scenes.copy_scene, name="copy_scene"),
    path("rules/", scenes_rules.rules, name="rules"),
    path("rules/set/", scenes_rules.set_rule, name="set_rule"),
    path("rules/<int:pk>/end/", scenes_rules.end_rule, name="end_rule"),
    path("rules/<int:pk>/withdraw/", scenes_rules.withdraw_rule, name="withdraw_rule"),
    path("<int:pk>/", duties.duty, name="duty"),
    path("<int:pk>/cancel/", duties.cancel, name="cancel"),
    path("<int:pk>/restore/", duties.restore, name="restore"),
    path("<int:pk>/assign/", duties.assign, name="assign"),
]
