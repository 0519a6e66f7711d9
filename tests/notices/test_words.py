"""Words that administrators write: what they may hold, what is refused, what they become."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.template.loader import get_template

from notices import kinds, outbox, wording
from notices.domain.words import fill, one_line
from notices.models import MessageTemplate
from notices.services import deliver_due
from tests.factories.accounts import make_office, make_user
from tests.notices.conftest import FACTS
from tests.notices.gateway import FakeGateway

pytestmark = pytest.mark.django_db


def own(body: str = "Isi", subject: str = "Perihal", **more: object) -> MessageTemplate:
    row = MessageTemplate(
        **{"kind": "permits/received", "subject": subject, "body": body, "in_use": True, **more}
    )
    row.full_clean()
    row.save()
    return row


def send(monday: datetime, **facts: object) -> mail.EmailMultiAlternatives:
    outbox.post("k", "permits/received", to=make_user(), at=monday, **{**FACTS, **facts})
    assert deliver_due(monday).done == 1
    one = mail.outbox[-1]
    assert isinstance(one, mail.EmailMultiAlternatives)
    return one


@pytest.mark.parametrize("code", [kind.code for kind in kinds.every()])
def test_every_kind_has_files_that_need_no_more_than_its_placeholders(code: str) -> None:
    kind = kinds.get(code)
    assert get_template(f"notices/{code}.txt")
    assert get_template(f"notices/{code}.html")
    for language in ("id", "en"):
        words = wording.default(kind, language)
        if not kind.fixed:
            MessageTemplate(
                kind=code, language=language, subject=words.subject, body=words.text
            ).full_clean()
        assert ("{nama}" in words.text) == ("nama" in kind.words)
        assert words.subject


def test_what_tells_of_administrators_is_not_written_by_them() -> None:
    own = MessageTemplate(kind="authority/proposed", language="id", subject="Halo", body="Halo")
    with pytest.raises(ValidationError) as refused:
        own.full_clean()
    assert "kind" in refused.value.message_dict


def test_every_message_in_the_folder_has_a_kind() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "notices"
    found = {
        path.relative_to(folder).with_suffix("").as_posix()
        for path in folder.glob("*/*.txt")
        if not path.name.startswith("_")
    }
    assert found == {kind.code for kind in kinds.every()}


def test_words_of_an_office_replace_ours(monday: datetime) -> None:
    own("Halo {nama}.\n\nBuka {tautan}", "Nomor {nomor}")
    one = send(monday)
    assert one.subject == "Nomor PKU/1"
    assert one.body.startswith("Halo Siti & <Ani>.\n\nBuka http://127.0.0.1:8000/permohonan/1/\n")
    html = str(one.alternatives[0][0])
    assert "<p>Halo Siti &amp; &lt;Ani&gt;.</p>" in html
    assert '<a href="http://127.0.0.1:8000/permohonan/1/">' in html
    assert "tidak pernah meminta kata sandi" in one.body


def test_words_that_are_not_in_use_are_not_sent(monday: datetime) -> None:
    own("Halo", in_use=False)
    assert "Permohonan Anda sudah kami terima" in send(monday).body


def test_the_words_of_the_sending_office_come_first(monday: datetime) -> None:
    here, there = make_office(), make_office()
    own("umum")
    own("sini", office=here)
    own("sana", office=there)
    assert send(monday, sender=here).body.startswith("sini")
    outbox.post("l", "permits/received", to=make_user(), at=monday, **FACTS)
    deliver_due(monday)
    assert str(mail.outbox[-1].body).startswith("umum")


def test_markup_of_an_administrator_stays_words(monday: datetime) -> None:
    own("<script>alert(1)</script>")
    html = str(send(monday).alternatives[0][0])
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_value_is_never_read_for_placeholders_again(monday: datetime) -> None:
    own("{nama} {nomor}")
    one = send(monday, name="{nomor} {kode} {0.__class__} {{ settings.SECRET_KEY }}")
    assert one.body.startswith("{nomor} {kode} {0.__class__} {{ settings.SECRET_KEY }} PKU/1")


def test_a_list_becomes_lines(monday: datetime) -> None:
    own("Perbaiki:\n{kekurangan}", kind="permits/returned")
    facts = {**FACTS, "faults": ["KTP & KK", "Surat"], "note": ""}
    outbox.post("k", "permits/returned", to=make_user(), at=monday, **facts)
    deliver_due(monday)
    assert "Perbaiki:\n- KTP & KK\n- Surat\n" in str(mail.outbox[-1].body)


@pytest.mark.parametrize(
    "text",
    [
        "{0.__class__}", "{nama.__class__}", "{nama.__init__.__globals__}", "{nama!r}", "{nama:>9}",
        "{nama[0]}", "{}", "{ nama }", "{password}", "{{ nama }}", "{{nama}}", "{nama", "nama}",
        "{% load x %}", "{{ settings.SECRET_KEY }}", "{catatan}", "\x00", "a\x08b",
    ],
)  # fmt: skip
def test_what_could_not_be_filled_in_is_refused(text: str) -> None:
    for field, words in (("body", {"body": text}), ("subject", {"subject": text})):
        with pytest.raises(ValidationError) as refusal:
            own(**words)
        assert field in refusal.value.message_dict
    assert not MessageTemplate.objects.exists()


def test_a_refusal_names_what_may_be_used() -> None:
    with pytest.raises(ValidationError) as refusal:
        own("{password}")
    (said,) = refusal.value.message_dict["body"]
    assert said.startswith("Isian tidak dikenal: {password}. Yang dapat dipakai: {nama}, ")


@pytest.mark.parametrize("subject", ["a\nBcc: x@y.test", "a\r\nb", "a\u2028b", " "])
def test_a_subject_is_one_line(subject: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        own(subject=subject)
    assert "subject" in refusal.value.message_dict


def test_the_same_words_cannot_stand_twice() -> None:
    own()
    with pytest.raises(ValidationError, match="sudah ada"):
        own()


def test_a_short_message_must_fit_one_sms() -> None:
    own("Berkas {nomor}: buka {tautan}", "", shape="singkat")
    with pytest.raises(ValidationError, match="paling panjang 160"):
        own("x" * 130 + "{nama}{nomor}{tautan}", "", shape="singkat", language="en")


def test_short_words_of_an_office_are_sent(
    person: object, gateway: FakeGateway, monday: datetime
) -> None:
    own("Berkas {nomor}\nditerima: {tautan}", "", shape="singkat")
    outbox.post("k", "permits/received", to=person, at=monday, **FACTS)  # type: ignore[arg-type]
    deliver_due(monday)
    text = gateway.asked[0]["body"]["text"]
    assert text == "Berkas PKU/1 diterima: http://127.0.0.1:8000/permohonan/1/"


def test_a_line_with_nothing_to_say_is_left_out(monday: datetime) -> None:
    own("Halo {nama}\nJanji: {janji}\nNomor {nomor}{janji}\nSelesai.")
    one = send(monday, promised="")
    assert one.body.startswith("Halo Siti & <Ani>\nNomor PKU/1\nSelesai.\n")
    assert "Janji:" not in str(one.alternatives[0][0])


def test_filling_is_one_pass_and_keeps_what_it_does_not_know() -> None:
    assert fill("{a}{b}{c.d}", {"a": "{b}", "b": "2"}) == "{b}2{c.d}"
    assert one_line("a\r\nb\x0bc\x85d\u2028e\u2029f\tg") == "a b c d e f g"
