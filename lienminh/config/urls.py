"""Every address of the site, each room's own under it."""

from django.urls import include, path
from django.views.i18n import set_language

from lienminh.config import views

urlpatterns = [
    path("", views.home, name="home"),
    path("look/", views.look, name="look"),
    path("language/", set_language, name="set_language"),
    path("", include("lienminh.people.urls")),
    path("", include("lienminh.places.urls")),
    path("", include("lienminh.documents.urls")),
    path("", include("lienminh.figures.urls")),
    path("", include("lienminh.registry.urls")),
    path("", include("lienminh.reviews.urls")),
    path("", include("lienminh.intake.urls")),
    path("find/", views.find, name="find"),
]
handler400 = "lienminh.web.refusals.bad_request"
handler404 = "lienminh.web.refusals.not_found"
handler500 = "lienminh.web.refusals.server_error"
