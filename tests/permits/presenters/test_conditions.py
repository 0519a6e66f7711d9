"""The sentence of a condition stands beside its requirement, at the desk and on the paper sent."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from demo import samples
from permits.content.submissions import submission
from permits.models import Application
from permits.services import documents
from tests.factories.permits import make_draft_application, make_submitted
from tests.permits.views.at_the_desk import get, words

pytestmark = pytest.mark.django_db
ONLY_IF = "Hanya jika mempekerjakan tenaga asing"


def test_officers_read_why_a_requirement_does_or_does_not_apply(cast, monday, time_machine):
    time_machine.move_to(monday, tick=False)
    application = make_submitted(cast, monday)
    officer = cast.at("front-office")
    assert f"tidak berlaku untuk permohonan ini: {ONLY_IF}" in words(
        get(officer, "desk_application", application)
    )
    Application.objects.filter(pk=application.pk).update(
        answers={**application.answers, "tenaga_asing": "ya"}
    )
    page = words(get(officer, "desk_application", application))
    assert f"<span>{ONLY_IF}</span>" in page
    assert "tidak berlaku untuk permohonan ini" not in page


def test_the_paper_that_was_sent_says_it_beside_the_file(cast, monday):
    draft = make_draft_application(cast, monday)
    Application.objects.filter(pk=draft.pk).update(answers={**draft.answers, "tenaga_asing": "ya"})
    draft = samples.reload(draft)
    documents.attach(
        draft, cast.version.requirements.get(order=4).pk, samples.pdf_upload("rptka.pdf"),
        actor=cast.applicant, at=monday,
    )  # fmt: skip
    content = submission(samples.reload(draft), 1, monday)
    assert [row["condition"] for row in content["documents"]] == ["", ONLY_IF]
    assert f"<em>{ONLY_IF}</em>" in render_to_string("certificates/submission.html", content)
