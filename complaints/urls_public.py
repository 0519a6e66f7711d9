"""Addresses for anybody: how to complain, the form, the way back by number and secret."""

from django.urls import path

from complaints.views import home, public, sending

urlpatterns = [
    path("pengaduan/", home.home, name="home"),
    path("pengaduan/lacak/", public.track, name="track"),
    path("pengaduan/<slug:office>/kirim/", sending.send, name="send"),
    path("pengaduan/<slug:office>/", home.office, name="office"),
]
