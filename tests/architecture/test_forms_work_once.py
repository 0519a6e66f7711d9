"""Every form that does something carries the token with which it works once."""

from __future__ import annotations

import re

import pytest

from tests.architecture.test_templates import PAGES, TEMPLATES

ENTRANCE = "opens or leaves an account, which does nothing twice"
ASKS = "asks and changes nothing"
EACH = "every press is an act of its own, and is recorded as one"
SETS = "saves what stands in it: saving it again is the same"
PAPER = "makes a paper of what stands there now"
TICKET = "carries the number it will be known under (views.public.sending.Ticket)"
FREE = {
    "account/_leave.html": ENTRANCE,
    "account/confirm_login_code.html": ENTRANCE,
    "account/login.html": ENTRANCE,
    "account/logout.html": ENTRANCE,
    "account/reauthenticate.html": ENTRANCE,
    "admin/base_site.html": ENTRANCE,
    "components/_account_menu.html": ENTRANCE,
    "mfa/authenticate.html": ENTRANCE,
    "mfa/reauthenticate.html": ENTRANCE,
    "mfa/webauthn/reauthenticate.html": ENTRANCE,
    "complaints/public/track.html": ASKS,
    "permits/public/track.html": ASKS,
    "surveys/public/tablet_start.html": ASKS,
    "permits/public/verified.html": ASKS,
    "permits/public/verify.html": ASKS,
    "permits/trials/form.html": ASKS,
    "components/_language_switch.html": SETS,
    "notices/message_list.html": SETS,
    "notices/preferences.html": SETS,
    "permits/applicant/form.html": SETS,
    "permits/applicant/questions.html": SETS,
    "permits/applicant/requirements.html": SETS,
    "admin/permits/application/opening_reason.html": SETS,
    "permits/desk/_answer_verdict.html": SETS,
    "permits/desk/_show_number.html": EACH,
    "permits/desk/opening_reason.html": SETS,
    "permits/desk/_verdict_buttons.html": SETS,
    "boards/desk/now.html": PAPER,
    "boards/desk/period.html": PAPER,
    "complaints/books/book.html": PAPER,
    "complaints/books/book_identities.html": PAPER,
    "complaints/desk/entry.html": TICKET,
    "complaints/desk/entry_check.html": TICKET,
    "complaints/public/check.html": TICKET,
    "complaints/public/send.html": TICKET,
}
FREE_FORMS = (
    'value="selesai"',  # the complainant closes the page
    '"permits:collect"',  # a download, as often as one likes; only the first is the hand-over
    '"complaints:report_pdf"',  # a paper, each time of what stands there now
)
_FORM = re.compile(r"<form\b[^>]*?method=\"post\".*?</form>", re.S)


def without_token(source: str) -> list[str]:
    """Return the forms of a page that post without ``{% once %}``."""
    return [
        form
        for form in _FORM.findall(source)
        if "{% once %}" not in form and not any(free in form for free in FREE_FORMS)
    ]


def test_every_form_works_once_or_says_why_it_may_work_twice() -> None:
    found = {
        page.relative_to(TEMPLATES).as_posix()
        for page in PAGES
        if without_token(page.read_text(encoding="utf-8"))
    }
    assert found == set(FREE)


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('<form method="post">{% csrf_token %}{% once %}</form>', 0),
        ('<form method="post">{% csrf_token %}</form>', 1),
        ('<form class="a"\n method="post">{% csrf_token %}</form><form>x</form>', 1),
    ],
)
def test_the_rule_bites(source: str, count: int) -> None:
    assert len(without_token(source)) == count
