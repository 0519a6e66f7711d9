"""The mails about a file: what they say, where they lead, and that names are not spoiled."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core import mail

from demo import samples
from notices.services import deliver_due
from permits.models import Application
from permits.services import applications, documents
from tests.factories.permits import Cast, make_accepted, make_issued, make_keys, make_submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tricky_names(cast: Cast) -> None:
    cast.applicant.full_name = "Siti & <Ani>"
    cast.applicant.save(update_fields=["full_name"])


def sent(monday: datetime) -> dict[str, mail.EmailMultiAlternatives]:
    """Deliver what is owed; return the mails by subject."""
    deliver_due(monday)
    return {str(one.subject): one for one in mail.outbox}  # type: ignore[misc]


def check(one: mail.EmailMultiAlternatives, application: Application) -> None:
    """Every mail carries number, code and the way to the file, in both shapes."""
    html = str(one.alternatives[0][0])
    for body in (str(one.body), html):
        assert application.number in body  # type: ignore[operator]
        assert application.tracking_code in body
        assert f"http://127.0.0.1:8000{application.get_absolute_url()}" in body
        assert "tidak pernah meminta kata sandi" in body
    assert "Siti & <Ani>" in str(one.body)
    assert "Siti &amp; &lt;Ani&gt;" in html
    assert "\n" not in one.subject
    assert one.to == [application.applicant.email]


def test_received_says_when_the_term_starts(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    one = sent(monday)[f"Permohonan {application.number} sudah kami terima"]
    check(one, application)
    assert "ketika berkas dinyatakan lengkap dan benar" in str(one.body)


def test_returned_names_every_fault(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    samples.judge(application, monday, refuse=True)
    applications.return_application(
        application, actor=cast.at("front-office"), at=monday, note="Mohon & segera."
    )
    one = sent(monday)[f"Permohonan {application.number} perlu dilengkapi"]
    check(one, application)
    assert "- Fotokopi KTP penanggung jawab - Tidak terbaca" in str(one.body)
    assert "Catatan petugas: Mohon & segera." in str(one.body)


def test_resubmitted_is_confirmed(cast: Cast, monday: datetime) -> None:
    application = make_submitted(cast, monday)
    samples.return_for_completion(application, monday)
    application = samples.reload(application)
    documents.attach(
        application, application.version.requirements.get(order=2).pk, samples.pdf_upload(),
        actor=cast.applicant, at=monday,
    )  # fmt: skip
    samples.submit(samples.reload(application), monday)
    check(sent(monday)[f"Perbaikan permohonan {application.number} sudah kami terima"], application)


def test_accepted_promises_a_day(cast: Cast, monday: datetime) -> None:
    application = make_accepted(cast, monday)
    day = "Selasa, 24 November 2026"
    one = sent(monday)[f"Permohonan {application.number} lengkap dan benar: janji {day}"]
    check(one, application)
    assert f"paling lambat {day}" in str(one.body)


def test_ready_names_the_document(cast: Cast, monday: datetime) -> None:
    application = make_issued(cast, monday)
    one = sent(monday)[f"Izin terbit: {cast.service.name}, unduh sekarang"]
    check(one, application)
    assert str(application.certificate.number) in str(one.body)


def test_rejected_gives_the_reason(cast: Cast, monday: datetime) -> None:
    make_keys(cast)
    application = samples.refuse(make_submitted(cast, monday), monday, reason="Di luar <wilayah>.")
    one = sent(monday)[f"Permohonan {application.number} ditolak"]
    check(one, application)
    assert "Di luar <wilayah>." in str(one.body)
    assert "Di luar &lt;wilayah&gt;." in str(one.alternatives[0][0])
    assert "Hari terakhir mengajukan keberatan: Selasa, 15 Desember 2026." in str(one.body)
    assert str(application.certificate.number) in str(one.body)
