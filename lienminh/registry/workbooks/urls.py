"""Addresses of imports and of the export."""

from django.urls import path

from lienminh.registry.workbooks import views

urlpatterns = [
    path("registry/import/", views.index, name="registry-import"),
    path("registry/import/<str:ref>/", views.show, name="registry-import-show"),
    path("registry/import/<str:ref>/sheet/", views.sheet, name="registry-import-sheet"),
    path("registry/import/<str:ref>/take/", views.take, name="registry-import-take"),
    path("registry/import/<str:ref>/drop/", views.drop, name="registry-import-drop"),
    path("registry/export/", views.export, name="registry-export"),
]
