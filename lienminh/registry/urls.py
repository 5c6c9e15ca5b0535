"""Addresses of the registry."""

from django.urls import include, path

urlpatterns = [
    path("", include("lienminh.registry.workbooks.urls")),  # before the records' own refs
]
