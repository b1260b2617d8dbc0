"""Signing in and out, the password, the second factor. Signing up and e-mail have no address here."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.generic import RedirectView


def _look(view: type, template: str):  # type: ignore[no-untyped-def]
    return view.as_view(template_name=f"access/{template}.html")  # type: ignore[attr-defined]


_recovery_codes = _look(recovery.ViewRecoveryCodesView, "recovery")
_new_codes = _look(recovery.GenerateRecoveryCodesView, "recovery_new")

urlpatterns = [
    path("login/", _look(account.LoginView, "login"), name="account_login"),
    path("logout/", _look(account.LogoutView, "logout"), name="account_logout"),
    path("inactive/", _look(account.AccountInactiveView, "inactive"), name="account_inactive"),
    path(
        "reauthenticate/", _look(account.ReauthenticateView, "reauthenticate"), name="account_reauthenticate"
    ),
    path("password/change/", _look(account.PasswordChangeView, "password"), name="account_change_password"),
    path("2fa/authenticate/", _look(factor.AuthenticateView, "code"), name="mfa_authenticate"),
    path(
        "2fa/reauthenticate/",
        _look(factor.ReauthenticateView, "reauthenticate_code"),
        name="mfa_reauthenticate",
    ),
    path("2fa/", RedirectView.as_view(pattern_name="access:account"), name="mfa_index"),
    path("2fa/totp/activate/", _look(totp.ActivateTOTPView, "factor_on"), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", _look(totp.DeactivateTOTPView, "factor_off"), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", _recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", _new_codes, name="mfa_generate_recovery_codes"),
]
