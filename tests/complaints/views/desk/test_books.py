"""The complaint book: what each reader sees of it, on the screen, in a table and on paper."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from complaints import policies
from complaints.models import BookPaper, Complaint, ComplaintRole, IdentityOpening, Role
from complaints.services import book_papers, identity
from complaints.services.identity import Person
from documents.spreadsheets import safe
from permits.models import Application
from standards.domain.steps import StepKind
from tests.factories.accounts import make_officer
from tests.factories.base import base_cast
from tests.factories.complaints import BUDI, OFFICER, make_complaint, make_complaint_desk
from tests.factories.permits import NOON, Cast, at_step, make_cast

pytestmark = pytest.mark.django_db
BOOK = "/meja/pengaduan/buku/"
IDENTITIES = f"{BOOK}identitas/"
NOW = NOON + timedelta(days=2)


@pytest.fixture
def cast(time_machine) -> Cast:
    time_machine.move_to(NOW, tick=False)
    cast = base_cast()
    make_complaint_desk(cast)
    return cast


def browser(user: User | None) -> Client:
    assert user is not None
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(user: User | None, query: str = "") -> str:
    return browser(user).get(BOOK + query).content.decode()


def cells(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def printed(cast: Cast, person: str, reason: str = "Diminta Ombudsman", form: str = "xlsx"):
    return browser(cast.at(person)).post(IDENTITIES, {"reason": reason, "form": form})


def test_the_screen_never_shows_who_complained(cast):
    plain = make_complaint(cast)
    hidden = make_complaint(cast, hide_identity=True)
    nobody = make_complaint(cast, person=Person())

    text = page(cast.at("kepala-dinas"))

    assert BUDI.name not in text
    for complaint in (plain, hidden, nobody):
        assert complaint.number in text
    for words in ("Ada, tersimpan", "Dirahasiakan", "Tanpa identitas"):
        assert words in text


def test_what_is_confidential_stands_in_the_book_of_its_owner_and_the_head_alone(cast):
    secret = make_complaint(cast, confidential=True)

    assert secret.number in page(cast.at("kepala-dinas"))
    assert secret.number in page(secret.owner)
    assert secret.number not in page(cast.at("sekretaris"))


def test_who_is_complained_about_finds_nothing_in_the_book_nor_in_the_table(cast):
    complaint = make_complaint(cast)
    complaint.subjects.add(cast.at("sekretaris"))

    assert complaint.number not in page(cast.at("sekretaris"))
    table = browser(cast.at("sekretaris")).get(f"{BOOK}?lembar=xlsx").content
    assert complaint.number not in str(cells(table))


def test_who_has_no_part_in_complaints_has_no_book(cast):
    assert browser(cast.at("back-office")).get(BOOK).status_code == 404
    assert browser(cast.at("back-office")).get(f"{BOOK}?lembar=xlsx").status_code == 404
    assert browser(cast.at("back-office")).get(IDENTITIES).status_code == 404


def test_year_month_service_and_channel_narrow_the_book(cast):
    here = make_complaint(cast)
    before = make_complaint(cast, NOON - timedelta(days=40), served_on=None)

    assert before.number not in page(cast.at(OFFICER), "?tahun=2026&bulan=11")
    assert here.number in page(cast.at(OFFICER), "?tahun=2026&bulan=11")
    assert here.number in page(cast.at(OFFICER), f"?layanan={cast.service.slug}&saluran=formulir")
    assert here.number not in page(cast.at(OFFICER), "?saluran=surat")
    nonsense = page(cast.at(OFFICER), "?tahun=x&bulan=13&saluran=pos")
    assert nonsense.count("Pilihan ini tidak ada") == 3
    assert here.number in nonsense


def test_the_month_begins_where_the_office_stands(cast):
    cast.office.time_zone = "Asia/Jayapura"
    cast.office.save()
    first = datetime(2026, 11, 1, 0, 0, 1, tzinfo=ZoneInfo("Asia/Jayapura"))
    november = make_complaint(cast, first, served_on=None)
    october = make_complaint(cast, first - timedelta(seconds=2), served_on=None)

    text = page(cast.at(OFFICER), "?tahun=2026&bulan=11")

    assert november.number in text
    assert october.number not in text


def test_fifty_lines_a_page_and_the_rest_by_key(cast):
    rows = [make_complaint(cast, NOON + timedelta(minutes=n)) for n in range(52)]

    text = page(cast.at(OFFICER))

    assert rows[51].number in text
    assert rows[1].number not in text
    assert "?sesudah=" in text.replace("&amp;", "&")


def test_the_table_has_the_same_rows_in_the_order_of_their_numbers(cast):
    rows = [make_complaint(cast, NOON - timedelta(hours=n), served_on=None) for n in range(3)]

    table = cells(browser(cast.at(OFFICER)).get(f"{BOOK}?lembar=xlsx").content)

    assert [line[0] for line in table[3:]] == [row.number for row in rows]
    assert table[3][1].date() == rows[0].received_at.astimezone(cast.office.zone).date()
    assert {line[2] for line in table[3:]} == {"Ada, tersimpan"}


@pytest.mark.parametrize("text", ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_starts_a_formula(cast, text):
    make_complaint(cast, person=Person(name=text, phone="081234567890"))

    table = cells(printed(cast, OFFICER).content)

    who = table[3][2]
    assert who.startswith("'")
    assert safe(text) == "'" + text


def test_identities_are_printed_for_a_reason_and_each_opening_is_written_down(cast):
    plain = make_complaint(cast)
    hidden = make_complaint(cast, hide_identity=True, confidential=True)
    Complaint.objects.filter(pk=hidden.pk).update(owner=None)

    table = cells(printed(cast, "kepala-dinas").content)
    assert [BUDI.name in line[2] for line in table[3:]] == [True, True]
    openings = IdentityOpening.objects.order_by("complaint_id")
    assert [row.complaint_id for row in openings] == [plain.pk, hidden.pk]
    assert {row.reason for row in openings} == {"Diminta Ombudsman"}
    assert {row.person for row in openings} == {cast.at("kepala-dinas")}
    assert BUDI.national_id not in str(table)


def test_without_a_reason_nothing_is_opened(cast):
    make_complaint(cast)

    answer = printed(cast, "kepala-dinas", reason="  ")

    assert answer.status_code == 200
    assert BUDI.name not in answer.content.decode()
    assert not IdentityOpening.objects.exists()


def test_an_identity_that_is_not_theirs_is_printed_as_confidential(cast):
    other = make_officer(cast.at(OFFICER).appointments.get().position)
    mine = make_complaint(cast, actor=cast.at(OFFICER), confidential=True)
    make_complaint(cast, actor=other)
    worked = at_step(cast, StepKind.INSPECT)
    hidden = make_complaint(cast, actor=cast.at(OFFICER), application=worked, hide_identity=True)
    worked.steps.filter(finished_by=None).update(received_by=cast.at(OFFICER))

    table = cells(printed(cast, OFFICER).content)

    who = {line[0]: line[2] for line in table[3:]}
    assert BUDI.name in who[mine.number]
    assert who[hidden.number] == "Dirahasiakan"
    assert not IdentityOpening.objects.filter(complaint=hidden).exists()


def test_the_secretary_prints_no_identities(cast):
    make_complaint(cast)

    assert printed(cast, "sekretaris").status_code == 403
    assert "identitas/" not in page(cast.at("sekretaris"))


@pytest.mark.parametrize("person", [OFFICER, "kepala-dinas", "sekretaris", "back-office"])
def test_many_identities_are_allowed_as_one_by_one(cast, person):
    user = cast.at(person)
    seat = cast.at("back-office").appointments.get().position
    ComplaintRole.objects.create(office=cast.office, role=Role.OFFICER, position=seat)
    file: Application = at_step(cast, StepKind.DRAFT)
    for application in (None, file):
        for hide in (True, False):
            for confidential in (True, False):
                for against in (True, False):
                    one = make_complaint(
                        cast, application=application, hide_identity=hide,
                        confidential=confidential,
                    )  # fmt: skip
                    if against:
                        one.subjects.add(user)
    rows = list(Complaint.objects.all())

    allowed = policies.identities_open_to(user, rows, cast.office, NOW)

    assert allowed == {one.pk for one in rows if policies.may_open_identity(user, one, NOW)}


def test_a_complaint_of_another_office_is_never_opened(cast):
    elsewhere = make_cast()
    make_complaint_desk(elsewhere)
    foreign = make_complaint(elsewhere)

    opened = identity.open_many(
        [foreign], cast.office, actor=cast.at("kepala-dinas"), at=NOW, reason="Uji"
    )

    assert opened == {}


def test_the_paper_is_made_by_the_worker_for_who_ordered_it_and_lies_sealed(cast):
    complaint = make_complaint(cast)
    answer: Any = printed(cast, OFFICER, form="pdf")
    paper = BookPaper.objects.get()

    assert answer.url == reverse("complaints:book_paper", args=[paper.public_id])
    assert "disiapkan" in browser(cast.at(OFFICER)).get(answer.url).content.decode()
    assert BUDI.name.encode() not in bytes(paper.content)

    assert book_papers.print_books(NOW).done == 1
    paper.refresh_from_db()
    with paper.file.open("rb") as stored:
        assert not stored.read(20).startswith(b"%PDF")
    pdf = browser(cast.at(OFFICER)).get(answer.url)
    assert pdf.content.startswith(b"%PDF")
    assert "no-store" in pdf["Cache-Control"]
    words = text_of(pdf.content)
    assert BUDI.name in words
    assert complaint.number in words
    assert "Halaman 1 dari 1" in words
    assert browser(cast.at("kepala-dinas")).get(answer.url).status_code == 404


def test_the_paper_without_identities_names_nobody(cast):
    make_complaint(cast)
    answer: Any = browser(cast.at(OFFICER)).post(f"{BOOK}pdf/")
    book_papers.print_books(NOW)

    words = text_of(browser(cast.at(OFFICER)).get(answer.url).content)

    assert "Ada, tersimpan" in words
    assert BUDI.name not in words


def test_what_leaves_the_portal_is_indonesian_whoever_orders_it(cast):
    make_complaint(cast)
    reader = browser(cast.at(OFFICER))
    reader.cookies["django_language"] = "en"
    screen = reader.get(BOOK).content.decode()
    assert "On record" in screen
    assert "October" in screen

    table = cells(reader.get(f"{BOOK}?lembar=xlsx").content)
    assert table[2][:3] == ["Nomor", "Tanggal", "Identitas"]
    assert [line[2] for line in table[3:]] == ["Ada, tersimpan"]
    answer: Any = reader.post(f"{BOOK}pdf/")
    book_papers.print_books(NOW)
    assert "Ada, tersimpan" in text_of(reader.get(answer.url).content)
    assert BookPaper.objects.get().name.startswith("Buku pengaduan")


def test_after_a_day_the_paper_is_gone(cast):
    browser(cast.at(OFFICER)).post(f"{BOOK}pdf/")
    book_papers.print_books(NOW)
    paper = BookPaper.objects.get()

    book_papers.print_books(NOW + timedelta(hours=23))
    assert BookPaper.objects.exists()
    book_papers.print_books(NOW + timedelta(hours=24))

    assert not BookPaper.objects.exists()
    assert not paper.file.storage.exists(str(paper.file.name))


def text_of(pdf: bytes) -> str:
    import subprocess

    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True)
    return " ".join(found.stdout.decode().split())


def test_a_page_of_the_book_asks_the_same_whether_it_has_three_lines_or_forty(cast):
    def questions() -> int:
        user = browser(cast.at(OFFICER))
        user.get(BOOK)
        with CaptureQueriesContext(connection) as asked:
            user.get(BOOK)
        return len(asked)

    for _one in range(3):
        make_complaint(cast)
    few = questions()
    for _one in range(37):
        make_complaint(cast)

    assert questions() == few


def test_opening_many_identities_asks_the_same_for_three_and_for_thirty(cast):
    def questions() -> int:
        rows = list(Complaint.objects.select_related("office"))
        with CaptureQueriesContext(connection) as asked:
            identity.open_many(
                rows, cast.office, actor=cast.at("kepala-dinas"), at=NOW, reason="Uji"
            )
        return len(asked)

    for _one in range(3):
        make_complaint(cast, hide_identity=True)
    few = questions()
    for _one in range(27):
        make_complaint(cast, hide_identity=True)

    assert questions() == few
    assert IdentityOpening.objects.count() == 33
