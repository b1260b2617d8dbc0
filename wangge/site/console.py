"""The console's own pages: home and help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import signed_in
from wangge.lib.scoping import within
from wangge.site import waiting


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me, the latest imports, and how much the register holds in my areas."""
    with within(access.reach_of(request.user)):
        return render(
            request,
            "site/home.html",
            {
                "tiles": waiting.tiles_for(request.user),
                "imports": waiting.recent_imports(request.user),
                "areas": waiting.area_overview(request.user),
                "may_see_ledgers": access.may(request.user, "ledger.view"),
                "may_see_board": access.may(request.user, "area.view"),
                "may_import": access.may(request.user, "ledger.import"),
                "empty": waiting.register_is_empty(request.user),
            },
        )


@signed_in
def help_page(request: HttpRequest) -> HttpResponse:
    """Help in place: the tour, how a ledger should look, the words."""
    return render(request, "site/help.html", {"words": waiting.glossary()})
