"""Addresses of accounts."""

from django.urls import path

from sexton.web.accounts import views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("account/sign-out/", views.SignOut.as_view(), name="sign-out"),
    path("account/password/", views.ChangePassword.as_view(), name="change-password"),
    path(
        "account/choose/<uidb64>/<token>/", views.ChoosePassword.as_view(), name="choose-password"
    ),
]
