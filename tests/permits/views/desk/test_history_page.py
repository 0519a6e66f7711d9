"""The full history: every act of everybody, and each kind by itself."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from demo import samples
from permits.services import visits
from standards.domain.steps import StepKind
from tests.factories.permits import make_submitted
from tests.permits.views.at_the_desk import get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def travelled(cast, monday):
    """A file that was received, checked, sent back, checked again and proposed for refusal."""
    application = make_submitted(cast, monday)
    visits.receive(application, actor=cast.at("front-office"), at=monday + timedelta(minutes=1))
    application = samples.act(samples.reload(application), monday + timedelta(minutes=2))
    visits.send_back(
        application, actor=cast.at("tim-teknis"), at=monday + timedelta(minutes=3), note="Salah"
    )
    application = samples.act(samples.reload(application), monday + timedelta(minutes=4))
    return samples.propose_refusal(application, monday + timedelta(minutes=5), reason="Tak ada")


def titles(cast, application, kind=""):
    page = get(cast.at("front-office"), "history", application, jenis=kind).content.decode()
    return re.findall(r'<span class="event-title">([^<]+)</span>', page)


def test_every_act_stands_in_the_history_the_latest_first(cast, travelled):
    told = titles(cast, travelled)
    expected = [
        "Diusulkan ditolak dari langkah 3 (Tim Teknis)",
        "Langkah 2 (Front Office) selesai",
        "Dikembalikan dari langkah 3 (Tim Teknis)",
        "Dinyatakan lengkap dan benar; waktu mulai dihitung",
        "Sesuai: Fotokopi KTP penanggung jawab",
        "Berkas diterima di langkah 2 (Front Office)",
        "Permohonan dikirim",
    ]
    assert [title for title in told if title in expected] == expected
    assert "Permohonan diterima" in told  # a message
    assert any(title.startswith("Berkas diunggah: ") for title in told)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("periksa", ["Sesuai: Fotokopi KTP penanggung jawab", "Isian dinyatakan sesuai"]),
        (
            "keadaan",
            ["Dinyatakan lengkap dan benar; waktu mulai dihitung", "Permohonan dikirim"],
        ),
    ],
)
def test_one_kind_is_shown_by_itself(cast, travelled, kind, expected):
    assert titles(cast, travelled, kind) == expected


def test_an_unknown_kind_shows_everything(cast, travelled):
    assert titles(cast, travelled, "x") == titles(cast, travelled)


def test_the_filter_counts_each_kind(cast, travelled):
    page = " ".join(get(cast.at("front-office"), "history", travelled).content.decode().split())
    assert 'aria-current="true"> Semua' in page
    assert "?jenis=meja" in page
    assert "?jenis=waktu" not in page  # nobody changed the clock


def test_text_initials_and_signature_are_acts(cast, monday):
    application = samples.advance(make_submitted(cast, monday), StepKind.SIGN, monday)
    told = titles(cast, application)
    assert "Konsep ke-1 ditulis" in told
    assert any(title.startswith("Konsep diparaf di langkah") for title in told)
    assert any(title.startswith("Berita acara ditulis: ") for title in told)
