"""URLs of surveys: answering, the counter tablet, results, the desk."""

from django.urls import path

from surveys.views.desk import extras, follow_ups, paper, sheet
from surveys.views.desk import results as desk
from surveys.views.public import invited, results, tablet

app_name = "surveys"
_OFFICE = "survei/kantor/<slug:office>/"

urlpatterns = [
    path("survei/undangan/<str:secret>/", invited.invited, name="invited"),
    path("survei/tanda-terima/<str:code>/", invited.receipt, name="receipt"),
    path("survei/berkas/<uuid:key>/", invited.own, name="own"),
    path("survei/terima-kasih/", invited.thanks, name="thanks"),
    path("survei/tablet/", tablet.start, name="tablet"),
    path("survei/tablet/isi/", tablet.fill, name="tablet_answer"),
    path("survei/tablet/terima-kasih/", tablet.done, name="tablet_thanks"),
    path("survei/spanduk/<slug:office>/", results.banner, name="banner"),
    path(_OFFICE, results.office, name="office"),
    path(_OFFICE + "data.json", results.data_json, name="data_json"),
    path(_OFFICE + "data.csv", results.data_csv, name="data_csv"),
    path(_OFFICE + "<slug:slug>/", invited.open_survey, name="open"),
    path("meja/survei/", desk.overview, name="results"),
    path("meja/survei/tablet/", tablet.open_tablet, name="open_tablet"),
    path("meja/survei/rencana/<uuid:key>/", follow_ups.plan, name="plan"),
    path("meja/survei/tindak-lanjut/", follow_ups.register, name="follow_ups"),
    path("meja/survei/tindak-lanjut/<int:key>/", follow_ups.finish, name="finish"),
    path("meja/survei/tindak-lanjut/<int:key>/bukti/", follow_ups.evidence, name="evidence"),
    path("meja/survei/pertanyaan/", extras.extras, name="extras"),
    path("meja/survei/pertanyaan/<slug:question>/hapus/", extras.remove, name="remove_extra"),
    path("meja/survei/lembar/", sheet.blank, name="sheet"),
    path("meja/survei/kertas/", paper.paper, name="paper"),
]
