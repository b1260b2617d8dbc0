"""Every address of the product. Apps bring their own tables; the roof says where they stand."""

from django.urls import include, path, re_path
from django.views.i18n import set_language

from wangge.site import citizen, console, field, refusals
from wangge.site.rest import api, nowhere

CONSOLE = {
    "areas/": "wangge.site.territory.urls",
    "access/": "wangge.foundation.access.urls",
    "trail/": "wangge.foundation.access.trail_urls",
    "people/": "wangge.registry.people.urls",
    "ledgers/": "wangge.registry.ledgers.urls",
    "tables/": "wangge.registry.tables.urls",
    "linkage/": "wangge.registry.linkage.urls",
    "forms/": "wangge.engines.forms.urls",
    "cases/": "wangge.engines.cases.urls",
    "visits/": "wangge.systems.fieldwork.urls.visits",
    "groups/": "wangge.systems.groups.urls",
    "declarations/": "wangge.systems.declarations.urls",
    "campaigns/": "wangge.systems.fieldwork.urls.campaigns",
    "orders/": "wangge.foundation.orders.urls",
    "clients/": "wangge.foundation.clients.urls",
    "rights/": "wangge.registry.rights.urls",
    "duties/": "wangge.systems.fieldwork.urls.lists",
    "incidents/": "wangge.systems.incidents.urls",
    "photos/": "wangge.foundation.photos.urls",
    "phones/": "wangge.engines.sync.urls",
    "hazards/": "wangge.systems.hazards.urls",
    "tours/": "wangge.systems.tours.urls",
    "disputes/": "wangge.systems.disputes.urls",
    "whistles/": "wangge.systems.whistles.urls",
    "education/": "wangge.systems.education.urls",
    "exchange/": "wangge.systems.exchange.urls",
    "insight/": "wangge.insight.urls",
}

urlpatterns = [
    path("", citizen.landing, name="landing"),
    path("language/", set_language, name="set_language"),
    path("look/", citizen.look, name="citizen_look"),
    path("", include("wangge.systems.incidents.citizen.urls")),  # before receipts of declarations: /r/map
    path("", include("wangge.systems.declarations.citizen.urls")),
    path("", include("wangge.systems.fieldwork.citizen.urls")),
    path("", include("wangge.systems.hazards.citizen.urls")),
    path("my/", include("wangge.registry.rights.citizen.urls")),
    path("accounts/", include("wangge.foundation.access.account_urls")),
    path("groups/", include("wangge.systems.groups.urls.door")),
    path("sw.js", field.worker, name="service_worker"),
    path("field/", field.shell, name="field"),
    path("field/me/", field.me, name="field_me"),
    path("field/qr/", field.qr, name="field_qr"),
    path("field/manifest.json", field.manifest, name="field_manifest"),
    path("field/", include("wangge.systems.declarations.field.urls")),
    path("field/api/forms/", include("wangge.engines.forms.field_urls")),
    path("field/api/", include("wangge.engines.sync.field_urls")),
    path("api/v1/", api.urls),
    path("openrosa/", include("wangge.engines.forms.openrosa_urls")),
    path("open311/v2/", include("wangge.systems.incidents.open311_urls")),
    path("odk/v1/", include("wangge.engines.forms.odk_urls")),
    re_path(r"^api/v1/", nowhere, name="api_nowhere"),
    path("console/", console.home, name="home"),
    path("console/help/", console.help_page, name="help"),
    *(path(f"console/{at}", include(table)) for at, table in CONSOLE.items()),
]

handler400 = refusals.bad_request
handler403 = refusals.forbidden
handler404 = refusals.not_found
handler500 = refusals.broken
