"""Addresses of the public catalogue."""

from django.urls import path

from standards.views import catalogue, open_data, service

app_name = "standards"
urlpatterns = [
    path("layanan/", catalogue.service_list, name="service_list"),
    path("layanan/<slug:office>/<slug:slug>/", service.service, name="service"),
    path("layanan/<slug:office>/<slug:slug>/cetak/", service.service_print, name="service_print"),
    path(
        "layanan/<slug:office>/<slug:slug>/versi/",
        service.service_versions,
        name="service_versions",
    ),
    path("data/", open_data.about, name="open_data"),
    path("data/standar.json", open_data.standards_json, name="open_data_json"),
    path("data/standar.csv", open_data.standards_csv, name="open_data_csv"),
    path("kantor/<slug:code>/", catalogue.office, name="office"),
    path("kantor/<slug:code>/maklumat/", catalogue.pledge, name="pledge"),
]
