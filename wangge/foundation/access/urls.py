from django.urls import path

from wangge.foundation.access import console

app_name = "access"
urlpatterns = [
    path("users/", console.users, name="users"),
    path("users/new/", console.new_user, name="new_user"),
    path("users/<int:pk>/", console.user, name="user"),
    path("users/<int:pk>/edit/", console.edit_user, name="edit_user"),
    path("users/<int:pk>/password/", console.reset_password, name="reset_password"),
    path("users/<int:pk>/factor/", console.remove_factor, name="remove_factor"),
    path("users/<int:pk>/close/", console.close_user, name="close_user"),
    path("users/<int:pk>/reopen/", console.reopen_user, name="reopen_user"),
    path("users/<int:pk>/grants/", console.give_grant, name="give_grant"),
    path("grants/<int:pk>/end/", console.end_grant, name="end_grant"),
    path("areas/", console.areas, name="areas"),
    path("account/", console.account, name="account"),
    path("sessions/", console.sessions, name="sessions"),
    path("sessions/<int:pk>/revoke/", console.revoke_session, name="revoke_session"),
]
