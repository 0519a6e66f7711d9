"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from portal import views

handler500 = "portal.views.server_error"

urlpatterns = [
    path("", include("portal.pages")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("", include("notices.urls")),
    path("", include("archives.urls")),
    path("", include("authority.urls")),
    path("", include("documents.urls")),
    path("akun/password/change/", views.change_password, name="account_change_password"),
    path("akun/password/set/", views.set_password, name="account_set_password"),
    path("akun/", include("allauth.urls")),
    path("", include("standards.urls")),
    path("", include("complaints.urls")),
    path("", include("surveys.urls")),
    path("", include("boards.urls")),
    path("", include("reports.urls")),
    path("", include("permits.urls")),
]
