"""Addresses of the complaint desk."""

from django.urls import path

from complaints.views import desk, desk_acts, entry

_COMPLAINT = "meja/pengaduan/<uuid:key>/"

urlpatterns = [
    path("meja/pengaduan/", desk.worklist, name="list"),
    path("meja/pengaduan/berkas/<uuid:key>/", desk.file, name="file"),
    path("meja/pengaduan/catat/", entry.enter, name="enter"),
    path("meja/pengaduan/catat/serupa/", entry.enter_alike, name="enter_alike"),
    path(_COMPLAINT, desk.complaint, name="complaint"),
    path(_COMPLAINT + "surat.pdf", desk.letter_pdf, name="letter_pdf"),
    path(_COMPLAINT + "identitas/", desk_acts.open_identity, name="identity"),
    path(_COMPLAINT + "terima/", desk_acts.accept, name="accept"),
    path(_COMPLAINT + "saran/", desk_acts.treat_as_suggestion, name="treat_as_suggestion"),
    path(_COMPLAINT + "minta/", desk_acts.ask, name="ask"),
    path(_COMPLAINT + "lengkap/", desk_acts.complete, name="complete"),
    path(_COMPLAINT + "telaah/", desk_acts.begin_study, name="study"),
    path(_COMPLAINT + "golongkan/", desk_acts.classify, name="classify"),
    path(_COMPLAINT + "langkah/", desk_acts.record_step, name="record_step"),
    path(_COMPLAINT + "konsep/", desk_acts.draft_answer, name="draft_answer"),
    path(_COMPLAINT + "setujui/", desk_acts.agree, name="agree"),
    path(_COMPLAINT + "kembalikan/", desk_acts.send_back, name="send_back"),
    path(_COMPLAINT + "kirim/", desk_acts.send, name="send_answer"),
    path(_COMPLAINT + "alihkan/", desk_acts.name_owner, name="name_owner"),
    path(_COMPLAINT + "atasan/", desk_acts.bring_up, name="bring_up"),
    path(_COMPLAINT + "apip/", desk_acts.request_apip, name="request_apip"),
    path(_COMPLAINT + "apip/putusan/", desk_acts.decide_apip, name="decide_apip"),
    path(_COMPLAINT + "gabung/", desk_acts.merge, name="merge"),
    path(_COMPLAINT + "tautkan/", desk_acts.link, name="link"),
    path(_COMPLAINT + "catatan/", desk_acts.add_note, name="add_note"),
    path(_COMPLAINT + "cabut/", desk_acts.withdraw, name="withdraw"),
]
