"""A draft standard is walked as applicant and as each officer; nothing of it is left."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from permits.models import Inspection, SamplePaper, Trial
from standards.domain.steps import StepKind
from standards.models import SopStep, StandardVersion
from standards.services import drafting
from tests.factories.accounts import make_admin, make_office, make_office_admin
from tests.factories.permits import Cast, make_cast
from tests.factories.standards import STEPS, make_fee
from tests.permits.views.test_previews import rows_of_everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
MINUTES = {
    "inspected_on": "2026-11-16", "place": "Kantor", "team": "Ani, Budi",
    "findings": "Sesuai.", "recommendation": Inspection.Recommendation.ELIGIBLE,
}  # fmt: skip


@pytest.fixture
def draft(cast: Cast, now: datetime) -> StandardVersion:
    """A new draft of the sample service."""
    return drafting.new_draft(cast.version, actor=None, at=now)


def stored() -> list[str]:
    """Return the paths of all private files."""
    return sorted(map(str, Path(default_storage.path("")).rglob("*")))


def address(version: StandardVersion, name: str = "page") -> str:
    return reverse(f"admin:permits_trial_{name}", args=[version.pk])


def press(client: Client, version: StandardVersion, act: str, **typed: Any) -> HttpResponse:
    """Press a button as the page that is shown now has it."""
    trial = Trial.objects.filter(version=version).first()
    seen = len(trial.acts) if trial else 0
    data = {"act": act, "seen_acts": seen, **typed}
    return client.post(address(version), data)  # type: ignore[return-value]


def done(client: Client, version: StandardVersion, act: str, **typed: Any) -> None:
    """Press a button that is accepted; the page that follows plays every act again."""
    answer = press(client, version, act, **typed)
    assert answer.status_code == 302, answer.content.decode()


def then_shown(client: Client, version: StandardVersion, act: str, **typed: Any) -> str:
    """Press a button that is accepted; return the page that follows."""
    done(client, version, act, **typed)
    return client.get(address(version)).content.decode()


def test_a_draft_is_walked_to_its_end_and_nothing_is_left(
    client: Client, cast: Cast, draft: StandardVersion
) -> None:
    client.force_login(make_office_admin(cast.office))
    before = rows_of_everything()
    files = stored()
    assert "Mulai dan tekan sendiri" in client.get(address(draft)).content.decode()
    assert "Anda sebagai pemohon" in then_shown(client, draft, "mulai")
    assert "BKK SMK Contoh" in then_shown(client, draft, "contoh")
    shown = then_shown(client, draft, "kirim", **_form(client, draft))
    assert "UJI-" in shown
    assert "Berkas persyaratan" in shown
    done(client, draft, "sesuai")
    assert "Tinjau dan tulis berita acara" in then_shown(client, draft, "lengkap")
    done(client, draft, "bap", **MINUTES)
    done(client, draft, "konsep", statement="Diberikan kepada pemegang di atas.")
    done(client, draft, "paraf_pertama")
    done(client, draft, "paraf")
    shown = then_shown(client, draft, "tanda_tangan")
    assert "UJI 503/0001/TD/2026" in shown
    done(client, draft, "nomor")
    shown = then_shown(client, draft, "serahkan", receiver="Siti")
    assert "Uji coba selesai" in shown
    assert "Pesan yang akan terkirim" in shown

    papers = client.get(address(draft, "papers"))
    assert papers.status_code == 200
    found = {row.template: row.content for row in SamplePaper.objects.all()}
    assert found[SamplePaper.Template.CERTIFICATE]["number"] == "UJI 503/0001/TD/2026"
    assert found[SamplePaper.Template.CERTIFICATE]["draft"] is False
    assert {content["mark"] for content in found.values()} == {"UJI"}

    after = rows_of_everything()
    assert len(after.pop("permits.Trial")) == 1
    assert after == {name: rows for name, rows in before.items() if name != "permits.Trial"}
    assert mail.outbox == []
    assert stored() == files

    assert press(client, draft, "hapus").status_code == 302
    assert rows_of_everything() == before
    assert not SamplePaper.objects.exists()
    draft.refresh_from_db()
    assert not draft.is_published


def test_a_trial_asks_for_the_name_of_a_document(
    client: Client, cast: Cast, draft: StandardVersion
) -> None:
    draft.facts.create(
        order=99, key="rekomendasi", label="Surat rekomendasi", kind="dokumen", asked_at="3"
    )
    client.force_login(make_office_admin(cast.office))
    files = stored()
    for act in ("mulai", "contoh"):
        done(client, draft, act)
    done(client, draft, "kirim", **_form(client, draft))
    done(client, draft, "sesuai")
    done(client, draft, "lengkap")
    assert "Berkas contoh.pdf" in client.get(address(draft)).content.decode()
    refused = press(client, draft, "bap", **MINUTES)
    assert "Surat rekomendasi" in refused.content.decode()
    assert refused.status_code == 200
    done(client, draft, "bap", **MINUTES, catat_rekomendasi="pupr.pdf")
    done(client, draft, "konsep", statement="Diberikan kepada pemegang di atas.")
    assert stored() == files


def test_further_performers_come_first_each_as_themselves(
    client: Client, cast: Cast, draft: StandardVersion, now: datetime
) -> None:
    link = draft.procedure_links.get()
    copy = drafting.copy_procedure(link.procedure, actor=None, at=now)
    step = copy.steps.get(kind=StepKind.INSPECT)
    step.performers.set(copy.roles.filter(label__in=["Back Office", "Sekretaris"]))
    link.procedure = copy
    link.save()
    client.force_login(make_office_admin(cast.office))
    for act in ("mulai", "contoh"):
        done(client, draft, act)
    done(client, draft, "kirim", **_form(client, draft))
    done(client, draft, "sesuai")
    names = {role.label: role.position.name for role in copy.roles.all() if role.position}
    shown = then_shown(client, draft, "lengkap")
    assert f"Anda sebagai {names['Back Office']}" in " ".join(shown.split())
    refused = press(client, draft, "bagian", opinion="keberatan").content.decode()
    assert "Tulis alasannya" in refused
    shown = then_shown(client, draft, "bagian", opinion="keberatan", note="Terlalu dekat.")
    assert f"Anda sebagai {names['Sekretaris']}" in " ".join(shown.split())
    shown = then_shown(client, draft, "bagian", opinion="tidak_keberatan")
    assert f"Anda sebagai {names['Tim Teknis']}" in " ".join(shown.split())
    assert "Tinjau dan tulis berita acara" in shown
    assert "Susun konsep" in then_shown(client, draft, "bap", **MINUTES)


def test_accepting_all_documents_is_offered_while_one_has_no_verdict(
    client: Client, draft: StandardVersion
) -> None:
    client.force_login(make_admin())
    button = 'name="act" value="sesuai"'
    _sent(client, draft)
    assert button in client.get(address(draft)).content.decode()
    assert button not in then_shown(client, draft, "sesuai")


def test_it_is_returned_and_refused_as_at_the_desks(client: Client, draft: StandardVersion) -> None:
    client.force_login(make_admin())
    _sent(client, draft)
    requirement = draft.requirements.get(text__startswith="Fotokopi KTP")
    early = press(client, draft, "lengkap")
    assert early.status_code == 200
    assert "Tindakan ini ditolak" in early.content.decode()
    assert len(Trial.objects.get().acts) == 2
    empty = press(client, draft, "tidak_sesuai", requirement=requirement.pk, reason="")
    assert empty.status_code == 200
    done(client, draft, "tidak_sesuai", requirement=requirement.pk, reason="Buram")
    assert "Anda sebagai pemohon" in then_shown(client, draft, "kembalikan", note="")
    done(client, draft, "kirim")
    shown = then_shown(client, draft, "tolak", ground="Persyaratan 2", reason="Bukan miliknya")
    assert "surat penolakan" in shown
    shown = then_shown(client, draft, "putus_tolak")
    assert "Ditolak" in shown
    assert "Uji coba selesai" in shown


def test_one_goes_back_begins_anew_and_two_do_not_cross(
    client: Client, draft: StandardVersion, now: datetime
) -> None:
    client.force_login(make_admin())
    _sent(client, draft)
    stale = client.post(address(draft), {"act": "sesuai", "seen_acts": 1}, follow=True)
    assert "Uji coba ini sudah berubah" in stale.content.decode()
    assert len(Trial.objects.get().acts) == 2
    assert "Anda sebagai pemohon" in then_shown(client, draft, "mundur")
    done(client, draft, "ulang")
    assert Trial.objects.get().acts == []
    assert press(client, draft, "apa-saja").status_code == 200


def test_a_changed_draft_says_which_act_it_refuses(client: Client, draft: StandardVersion) -> None:
    client.force_login(make_admin())
    _sent(client, draft)
    done(client, draft, "sesuai")
    steps = SopStep.objects.filter(procedure__version_links__version=draft)
    StandardVersion.objects.filter(pk=draft.pk).update(product="")
    assert "Konsep belum lengkap" in client.get(address(draft)).content.decode()
    assert "Konsep belum lengkap" in press(client, draft, "lengkap").content.decode()
    StandardVersion.objects.filter(pk=draft.pk).update(product="Surat")
    trial = Trial.objects.get()
    trial.acts[1]["act"] = "nomor"
    trial.save()
    shown = client.get(address(draft)).content.decode()
    assert "Tindakan ke-2 sekarang ditolak" in shown
    assert steps.exists()


def test_no_password_is_asked_for_or_kept(client: Client, draft: StandardVersion) -> None:
    client.force_login(make_admin())
    _sent(client, draft)
    done(client, draft, "sesuai", password="rahasia", code="123456", visit="7")
    assert Trial.objects.get().acts[-1]["data"] == {}


def test_a_trial_belongs_to_the_administrators_of_its_office(
    client: Client, draft: StandardVersion
) -> None:
    client.force_login(make_office_admin(make_office()))
    assert client.get(address(draft)).status_code == 404
    assert press(client, draft, "mulai").status_code == 404
    assert not Trial.objects.exists()


def _form(client: Client, version: StandardVersion) -> dict[str, Any]:
    """Return the forms of the applicant as the page has filled them in."""
    typed: dict[str, Any] = {}
    for form in client.get(address(version)).context["forms"]:
        typed |= {name: form[name].value() or "" for name in form.fields}
    return typed


def _sent(client: Client, version: StandardVersion) -> None:
    done(client, version, "mulai")
    done(client, version, "contoh")
    done(client, version, "kirim", **_form(client, version))


def test_a_payment_is_tried_without_a_proof_in_storage(client: Client, now: datetime) -> None:
    pay = (StepKind.PAY, "Pemohon", "Front Office", None, "", None)
    cast = make_cast((*STEPS[:3], pay, *STEPS[3:]))
    draft = drafting.new_draft(cast.version, actor=None, at=now)
    draft.fees.all().delete()
    make_fee(draft, amount=150_000)
    client.force_login(make_admin())
    files = stored()
    _sent(client, draft)
    done(client, draft, "sesuai")
    done(client, draft, "lengkap")
    assert "Rp\N{NO-BREAK SPACE}150.000" in then_shown(client, draft, "bap", **MINUTES)
    part = {"paid_on": "2026-11-16", "amount": "75.000"}
    done(client, draft, "bayar", **part)
    assert (
        "tidak boleh"
        in press(client, draft, "bayar", paid_on="2026-11-17", amount="75.000").content.decode()
    )
    done(client, draft, "bayar", **part)  # the other half, on the same day
    assert "Anda sebagai" in client.get(address(draft)).content.decode()
    assert stored() == files


def test_what_no_database_keeps_is_left_out(client: Client, draft: StandardVersion) -> None:
    client.force_login(make_admin())
    _sent(client, draft)
    done(client, draft, "sesuai", note="a\0b", **{"x\0": "c"})
    assert Trial.objects.get().acts[-1]["data"] == {"note": ["ab"], "x": ["c"]}


def test_a_pattern_that_is_missing_is_said_to_be_missing(
    client: Client, draft: StandardVersion
) -> None:
    client.force_login(make_admin())
    StandardVersion.objects.filter(pk=draft.pk).update(number_pattern="")
    shown = then_shown(client, draft, "mulai")
    assert "Pola nomor dokumen belum diisi." in shown
