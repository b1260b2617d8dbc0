"""Addresses of campaigns, gaps and coverage."""

from django.urls import path

from ..console import campaigns, campaigns_coverage, campaigns_daily, campaigns_doing, campaigns_gaps

app_name = "campaigns"
urlpatterns = [
    path("", campaigns.index, name="list"),
    path("new/", campaigns.new, name="new"),
    path("pack/", campaigns_doing.load_pack, name="load_pack"),
    path("gaps/", campaigns_gaps.gap_list, name="gaps"),
    path("gaps/assign/", campaigns_gaps.assign, name="gaps_assign"),
    path("gaps/undo/", campaigns_gaps.undo, name="gaps_undo"),
    path("gaps/file/", campaigns_gaps.gap_file, name="gaps_file"),
    path("coverage/", campaigns_coverage.coverage_page, name="coverage"),
    path("coverage/rows/<slug:side>/", campaigns_coverage.coverage_rows, name="coverage_rows"),
    path("coverage/draw/", campaigns_coverage.draw, name="draw"),
    path("coverage/samples/<int:pk>/", campaigns_coverage.sample, name="sample"),
    path("coverage/samples/<int:pk>/withdraw/", campaigns_coverage.withdraw, name="withdraw"),
    path("<int:pk>/", campaigns.campaign, name="campaign"),
    path("<int:pk>/edit/", campaigns.edit, name="edit"),
    path("<int:pk>/doors/", campaigns.doors, name="doors"),
    path("<int:pk>/daily/", campaigns_daily.daily, name="daily"),
    path("<int:pk>/daily/file/", campaigns_daily.daily_file, name="daily_file"),
    path("<int:pk>/start/", campaigns_doing.start, name="start"),
    path("<int:pk>/add/", campaigns_doing.add, name="add"),
    path("<int:pk>/extend/", campaigns_doing.extend, name="extend"),
    path("<int:pk>/end/", campaigns_doing.end, name="end"),
    path("<int:pk>/reopen/", campaigns_doing.reopen, name="reopen"),
    path("<int:pk>/discard/", campaigns_doing.discard, name="discard"),
]
