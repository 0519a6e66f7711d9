"""Addresses of the pages that belong to no single app."""

from django.urls import path

from portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("cari/", views.search, name="search"),
    path("masuk/selesai/", views.after_login, name="after_login"),
    path("meja/menunggu/", views.waiting_page, name="waiting"),
    path("meja/menunggu/jumlah/", views.waiting_counts, name="waiting_counts"),
    path("meja/pelaksana-tugas/", views.acting_page, name="acting"),
    path("akun/undangan/<str:token>/", views.invitation, name="invitation"),
    path("sehat/", views.health, name="health"),
    path("demo/surat/", views.mailbox, name="mailbox"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
]
