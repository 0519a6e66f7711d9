"""Addresses of proposals."""

from django.urls import path

from authority.views import acts, pages

app_name = "authority"
urlpatterns = [
    path("usulan/", pages.proposals, name="list"),
    path("usulan/penunjukan/", pages.appoint, name="appoint"),
    path("usulan/masa-jabatan/<int:appointment>/", pages.amend, name="amend"),
    path("usulan/jabatan/<int:position>/", pages.position, name="position"),
    path("usulan/pimpinan/<int:position>/", pages.head, name="head"),
    path("usulan/akun/<int:person>/<slug:kind>/", pages.account, name="account"),
    path("usulan/satu-administrator/<slug:office>/", pages.say_alone, name="say_alone"),
    path("usulan/<uuid:key>/", acts.ProposalView.as_view(), name="proposal"),
    path("usulan/<uuid:key>/setujui/", acts.Confirm.as_view(), name="confirm"),
    path("usulan/<uuid:key>/tolak/", acts.Refuse.as_view(), name="refuse"),
    path("usulan/<uuid:key>/tarik/", acts.Withdraw.as_view(), name="withdraw"),
]
