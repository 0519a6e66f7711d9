"""Addresses of the complaint book and the monthly report."""

from django.urls import URLPattern, path

from complaints.views import books

urlpatterns: list[URLPattern] = [
    path("meja/pengaduan/buku/", books.book, name="book"),
    path("meja/pengaduan/buku/pdf/", books.book_pdf, name="book_pdf"),
    path("meja/pengaduan/buku/identitas/", books.book_identities, name="book_identities"),
    path("meja/pengaduan/cetakan/<uuid:key>/", books.paper, name="book_paper"),
]
