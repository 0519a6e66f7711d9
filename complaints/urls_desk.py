"""URLs of the complaint desk."""

from django.urls import path

from complaints.views import roles
from complaints.views.desk import actions, entry, pages

_COMPLAINT = "meja/pengaduan/<uuid:key>/"

urlpatterns = [
    path("usulan/peran-pengaduan/", roles.propose_role, name="propose_role"),
    path("meja/pengaduan/", pages.worklist, name="list"),
    path("meja/pengaduan/berkas/<uuid:key>/", pages.file, name="file"),
    path("meja/pengaduan/catat/", entry.enter, name="enter"),
    path("meja/pengaduan/catat/serupa/", entry.enter_alike, name="enter_alike"),
    path(_COMPLAINT, pages.complaint, name="complaint"),
    path(_COMPLAINT + "surat.pdf", pages.letter_pdf, name="letter_pdf"),
    path(_COMPLAINT + "identitas/", actions.open_identity, name="identity"),
    path(_COMPLAINT + "terima/", actions.accept, name="accept"),
    path(_COMPLAINT + "saran/", actions.treat_as_suggestion, name="treat_as_suggestion"),
    path(_COMPLAINT + "minta/", actions.ask, name="ask"),
    path(_COMPLAINT + "lengkap/", actions.complete, name="complete"),
    path(_COMPLAINT + "telaah/", actions.begin_study, name="study"),
    path(_COMPLAINT + "golongkan/", actions.classify, name="classify"),
    path(_COMPLAINT + "langkah/", actions.record_step, name="record_step"),
    path(_COMPLAINT + "konsep/", actions.draft_answer, name="draft_answer"),
    path(_COMPLAINT + "setujui/", actions.agree, name="agree"),
    path(_COMPLAINT + "kembalikan/", actions.send_back, name="send_back"),
    path(_COMPLAINT + "kirim/", actions.send, name="send_answer"),
    path(_COMPLAINT + "alihkan/", actions.name_owner, name="name_owner"),
    path(_COMPLAINT + "atasan/", actions.bring_up, name="bring_up"),
    path(_COMPLAINT + "apip/", actions.request_apip, name="request_apip"),
    path(_COMPLAINT + "apip/putusan/", actions.decide_apip, name="decide_apip"),
    path(_COMPLAINT + "gabung/", actions.merge, name="merge"),
    path(_COMPLAINT + "tautkan/", actions.link, name="link"),
    path(_COMPLAINT + "catatan/", actions.add_note, name="add_note"),
    path(_COMPLAINT + "cabut/", actions.withdraw, name="withdraw"),
]
