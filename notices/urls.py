"""URLs of the messages in the account."""

from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("akun/pesan/", views.inbox, name="messages"),
    path("akun/pesan/pilihan/", views.preferences, name="preferences"),
    path("akun/pesan/dibaca/", views.read_all, name="read_all"),
    path("akun/pesan/<int:key>/", views.message, name="message"),
]
