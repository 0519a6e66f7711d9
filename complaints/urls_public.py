"""Addresses for anybody: how to complain, the form, the way back by number and secret."""

from django.urls import path

from complaints.views import public, sending

urlpatterns = [
    path("pengaduan/lacak/", public.track, name="track"),
    path("pengaduan/<slug:office>/kirim/", sending.send, name="send"),
]
