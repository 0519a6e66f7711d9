"""Addresses of the public catalogue."""

from django.urls import path

from standards.views import catalogue, service

app_name = "standards"
urlpatterns = [
    path("layanan/", catalogue.service_list, name="service_list"),
    path("layanan/<slug:office>/<slug:slug>/", service.service, name="service"),
    path("layanan/<slug:office>/<slug:slug>/cetak/", service.service_print, name="service_print"),
    path("kantor/<slug:code>/", catalogue.office, name="office"),
]
