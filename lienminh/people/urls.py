"""Addresses of accounts."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from lienminh.people import views

urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("account/", views.AccountView.as_view(), name="account"),
]
