"""The certificate of every service on paper: one page, and no repealed ground unmarked."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from demo import samples
from documents.rendering import render_pdf
from permits.content import certificates
from permits.domain.printed import grouped, new_document_code
from permits.services.certificates import sign_certificate
from standards.domain.steps import StepKind
from standards.models import StandardVersion
from tests.factories.accounts import make_user
from tests.factories.filing import signed_in
from tests.factories.permits import Cast, at_step
from tests.factories.printed import certificate_content
from tests.standards.source_documents import STANDARDS, loaded_fixtures
from workflow.domain.errors import DomainError

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(scope="module")
def versions(django_db_setup, django_db_blocker) -> Iterator[dict[str, StandardVersion]]:
    with django_db_blocker.unblock(), loaded_fixtures() as found:
        yield found


def pages_of(content: dict[str, Any]) -> list[str]:
    pdf = render_pdf("certificates/certificate.html", content)
    read = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return read.stdout.decode().split("\f")[:-1]


def signed(content: dict[str, Any]) -> dict[str, Any]:
    """A draft with everything that the signature adds, as long as it may become."""
    return {
        **content,
        "draft": False,
        "number": "503/0001/BKK/DPMPTSP/XI/2026",
        "date": "16 November 2026",
        "signer": {
            "position": f"Kepala {content['office']['name']}",
            "name": "Dr. H. Contoh Pejabat, S.E., M.Si.",
            "rank": "Pembina Utama Muda (IV/c)",
            "nip": "19700101 199503 1 001",
        },
        "verification": {
            "url": f"https://perizinan.contoh.go.id/v/{'W' * 33}/",
            "code": grouped(new_document_code()),
            "page": "perizinan.contoh.go.id/periksa-dokumen/",
        },
    }


@pytest.mark.parametrize("name", sorted(STANDARDS))
def test_the_certificate_of_every_service_is_one_page(
    versions: dict[str, StandardVersion], name: str, monday: datetime
) -> None:
    application = samples.draft(versions[name].service, make_user(), monday)
    content = certificates.draft_content(application)
    assert len(pages_of(content)) == 1, "the draft"
    [page] = pages_of(signed(content))
    assert "NIP 19700101" in page


@pytest.mark.parametrize("name", sorted(STANDARDS))
def test_a_repealed_ground_is_marked(versions: dict[str, StandardVersion], name: str) -> None:
    rows = versions[name].legal_bases.exclude(regulation=None).exclude(regulation__status="berlaku")
    printed = certificates.grounds(
        versions[name].legal_bases.select_related("regulation__successor")
    )
    marked = [text for text in printed if "(telah dicabut, diganti oleh " in text]
    assert len(marked) == rows.count()
    for text in printed:
        assert ("Undang-Undang Nomor 11 Tahun 2020" in text) <= ("Nomor 6 Tahun 2023)" in text)
        assert not re.search(r"[;.] ?\(", text), "the mark stands before the full stop"


@pytest.mark.parametrize("grounds", range(8, 44, 5))
def test_the_signature_never_stands_alone(grounds: int) -> None:
    content = certificate_content(
        grounds=[
            f"Peraturan Daerah Nomor {number} Tahun 2026 tentang Penyelenggaraan Perizinan "
            "Berusaha dan Nonperizinan di Kota Contoh yang panjang judulnya;"
            for number in range(grounds)
        ],
        conditions=[],
    )
    pages = pages_of(content)
    assert "Ditandatangani secara elektronik" in pages[-1]
    if len(pages) > 1:
        assert f"Nomor {grounds - 1} Tahun" in pages[-1]
        assert f"Nomor {grounds - 2} Tahun" in pages[-1]


def test_a_ground_repealed_after_the_draft_keeps_it_from_being_signed(
    cast: Cast, monday: datetime
) -> None:
    application = at_step(cast, StepKind.SIGN, monday)
    draft = application.drafts.latest("pk")
    draft.content["grounds"][0] = "Dasar hukum seperti sebelum ditandai;"
    draft.save()
    head = cast.at("kepala-dinas")
    page = signed_in(head).get(application.get_desk_url()).content.decode()
    assert "dicabut atau diubah setelah konsep ini disusun" in page
    with pytest.raises(DomainError) as refusal:
        sign_certificate(application, actor=head, at=monday, digest=draft.digest)
    assert refusal.value.code == "grounds_changed"
