"""Addresses of hazards, under /console/hazards/."""

from django.urls import path

from .console import drives, files, firms, hazards, inspecting, notices, rates

app_name = "hazards"
urlpatterns = [
    path("", hazards.hazards, name="list"),
    path("export/", hazards.export, name="export"),
    path("new/", hazards.new, name="new"),
    path("checklists/load/", hazards.load, name="load"),
    path("places/", inspecting.places, name="places"),
    path("places/<int:pk>/rooms/", inspecting.rooms, name="rooms"),
    path("inspect/<slug:key>/<slug:what>/<int:pk>/", inspecting.inspect, name="inspect"),
    path("inspections/<int:pk>/", inspecting.inspection, name="inspection"),
    path("files/buildings/<int:pk>/profile/", files.profile, name="profile"),
    path("files/<slug:what>/<int:pk>/", files.file, name="file"),
    path("notices/new/<slug:number>/", notices.new, name="notice_new"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/file/", notices.notice_file, name="notice_file"),
    path("firms/", firms.firms, name="firms"),
    path("firms/file/", firms.firms_file, name="firms_file"),
    path("firms/issue/", firms.issue, name="issue"),
    path("firms/remind/", firms.remind, name="remind"),
    path("firms/<int:pk>/card/", firms.card, name="card"),
    path("firms/<int:pk>/card/file/", firms.card_file, name="card_file"),
    path("firms/<int:pk>/anew/", firms.anew, name="anew"),
    path("firms/<int:pk>/revoke/", firms.revoke, name="revoke"),
    path("drives/", drives.drives, name="drives"),
    path("drives/new/", drives.new, name="drive_new"),
    path("drives/<int:pk>/", drives.drive, name="drive"),
    path("drives/<int:pk>/file/", drives.daily_file, name="daily_file"),
    path("drives/<int:pk>/gaps/", drives.gaps, name="gaps"),
    path("drives/<int:pk>/end/", drives.end, name="end"),
    path("rates/", rates.rates, name="rates"),
    path("rates/file/", rates.rates_file, name="rates_file"),
    path("rates/<slug:code>/<slug:side>/", rates.rates_rows, name="rates_rows"),
]
