"""Addresses of documents."""

from django.urls import path

from lienminh.documents import views

urlpatterns = [
    path("documents/<slug:ref>/", views.show, name="document"),
]
