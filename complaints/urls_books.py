"""Addresses of the complaint book and the monthly report."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
