"""URLs of the privacy notice, of "Data saya", and of the archives at the desk."""

from django.urls import path

from archives.views import account, desk, disposals, public

app_name = "archives"
urlpatterns = [
    path("privasi/", public.notice, name="notice"),
    path("privasi/<slug:office>/", public.notice_of, name="notice_of"),
    path("akun/data-saya/", account.own, name="own"),
    path("akun/data-saya/ubah/", account.change, name="change"),
    path("akun/data-saya/salinan.json", account.copy_json, name="copy_json"),
    path("akun/data-saya/salinan/", account.order_copy, name="order_copy"),
    path("akun/data-saya/salinan/<uuid:key>.pdf", account.copy_pdf, name="copy_pdf"),
    path("akun/data-saya/permintaan/", account.ask, name="ask"),
    path("akun/data-saya/hapus/", account.erase, name="erase"),
    path("akun/data-saya/hapus/<str:token>/", account.erase_confirmed, name="erase_confirmed"),
    path("meja/arsip/", desk.overview, name="desk"),
    path("meja/arsip/permintaan/<uuid:key>/", desk.request_page, name="request"),
    path("meja/arsip/usul/<slug:act>/", disposals.propose, name="propose"),
    path("meja/arsip/daftar/<uuid:key>/", disposals.disposal, name="disposal"),
    path("meja/arsip/daftar/<uuid:key>/berita-acara.pdf", disposals.report, name="report"),
    path("meja/arsip/penahanan/", disposals.hold, name="hold"),
    path("meja/arsip/penahanan/<int:key>/cabut/", disposals.lift, name="lift"),
]
