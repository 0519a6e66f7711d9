"""Addresses of the signing key of an office."""

from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("unit/<slug:office>/kunci/", views.key, name="key"),
    path("unit/<slug:office>/kunci/minta/", views.ask_key, name="ask_key"),
    path("unit/<slug:office>/kunci/permintaan.csr", views.key_request, name="key_request"),
    path("unit/<slug:office>/kunci/sertifikat/", views.offer, name="offer_certificate"),
    path("unit/<slug:office>/kunci/batal/", views.cancel, name="cancel_key_request"),
]
