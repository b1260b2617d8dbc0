"""Every address of the product. Apps bring their own tables; the roof says where they stand."""

from django.urls import include, path
from django.views.i18n import set_language

from wangge.site import citizen, console, field, refusals
from wangge.site.rest import api

CONSOLE = {
    "areas/": "wangge.site.territory.urls",
    "access/": "wangge.foundation.access.urls",
    "trail/": "wangge.foundation.access.trail_urls",
    "people/": "wangge.registry.people.urls",
    "ledgers/": "wangge.registry.ledgers.urls",
}

urlpatterns = [
    path("", citizen.landing, name="landing"),
    path("language/", set_language, name="set_language"),
    path("accounts/", include("wangge.foundation.access.account_urls")),
    path("field/", field.shell, name="field"),
    path("api/v1/", api.urls),
    path("console/", console.home, name="home"),
    path("console/help/", console.help_page, name="help"),
    *(path(f"console/{at}", include(table)) for at, table in CONSOLE.items()),
]

handler400 = refusals.bad_request
handler403 = refusals.forbidden
handler404 = refusals.not_found
handler500 = refusals.broken
