"""Addresses of the console pages of declarations."""

from django.urls import path

from .console import (
    codes,
    codes_printing,
    declarations,
    declarations_deciding,
    declarations_export,
    declarations_profile,
    declarations_rates,
    declarations_residence,
)

app_name = "declarations"
urlpatterns = [
    path("codes/", codes.codes, name="codes"),
    path("codes/places/", codes.code_places, name="code_places"),
    path("codes/make/", codes.make_codes, name="make_codes"),
    path("codes/print/", codes_printing.print_many, name="print_codes"),
    path("codes/posters/<int:pk>/", codes_printing.posters, name="posters"),
    path("codes/posters/<int:pk>/file/", codes_printing.fetch, name="posters_file"),
    path("codes/<int:pk>/", codes.code, name="code"),
    path("codes/<int:pk>/renew/", codes.renew_code, name="renew_code"),
    path("codes/<int:pk>/revoke/", codes.revoke_code, name="revoke_code"),
    path("codes/<int:pk>/print/", codes_printing.print_one, name="print_code"),
    path("", declarations.declarations, name="list"),
    path("export/", declarations_export.export, name="export"),
    path("rates/", declarations_rates.rates, name="rates"),
    path("rates/export/", declarations_rates.rates_export, name="rates_export"),
    path("rates/<slug:code>/<slug:side>/", declarations_rates.rates_rows, name="rates_rows"),
    path("residence/", declarations_residence.residents, name="residence"),
    path("residence/<int:pk>/mark/", declarations_residence.mark, name="residence_mark"),
    path("residence/rates/", declarations_residence.residence_rates, name="residence_rates"),
    path(
        "residence/rates/<slug:code>/<slug:side>/",
        declarations_residence.residence_rows,
        name="residence_rows",
    ),
    path("residence/list/", declarations_residence.residence_list, name="residence_list"),
    path("residence/rates/export/", declarations_residence.residence_export, name="residence_export"),
    path("profile/", declarations_profile.profile, name="profile"),
    path("profile/change/", declarations_profile.change_profile, name="change_profile"),
    path("several/", declarations_deciding.verify_several, name="several"),
    path("undo/", declarations_deciding.undo, name="undo"),
    path("<int:pk>/decide/", declarations_deciding.decide, name="decide"),
    path("<int:pk>/address/", declarations_deciding.take_address, name="take_address"),
    path("<int:pk>/correct/", declarations_deciding.correct, name="correct"),
    path("<int:pk>/card/", declarations_deciding.card, name="card"),
    path("<int:pk>/reveal/<slug:field>/", declarations_deciding.reveal, name="reveal"),
]
