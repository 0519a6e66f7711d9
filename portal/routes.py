"""Access class of every named URL. A test compares the table with the URLs.

Access classes: ``public``; ``owner`` (the signed-in person, about their own things);
``staff:desk`` (officers of the file's office); ``signer`` (the desk that signs);
``staff:complaints`` (who has a part in the complaints of the office); ``staff:complaint-officers``
(who enters what came by other channels); ``complaint-identity`` (who may learn who complained);
``staff:archives`` (the head and who leads others: requests about personal data, archives);
``staff:reports`` (who compiles reports);
``staff:boards`` (who leads others, and the positions named for it); ``head`` (who heads an office);
``two-people`` (administrators, heads of offices, and whom a proposal concerns); ``admin``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Access:
    """The class of people a URL is for, and the methods it answers."""

    kind: str
    methods: str = "GET"


_FORM = "GET POST"
_ACT = "POST"

TABLE: dict[str, Access] = {
    "set_language": Access("public", _ACT),
    "portal:home": Access("public"),
    "portal:search": Access("public"),
    "portal:health": Access("public"),
    "portal:mailbox": Access("public"),
    "portal:robots": Access("public"),
    "portal:favicon": Access("public"),
    "portal:after_login": Access("owner"),
    "portal:invitation": Access("public", _FORM),
    "portal:waiting": Access("staff:desk"),
    "portal:waiting_counts": Access("staff:desk"),
    "portal:acting": Access("signer", _FORM),
    "authority:list": Access("two-people"),
    "authority:appoint": Access("admin", _FORM),
    "authority:amend": Access("admin", _FORM),
    "authority:account": Access("admin", _FORM),
    "authority:position": Access("admin", _FORM),
    "authority:head": Access("admin", _FORM),
    "complaints:propose_role": Access("admin", _FORM),
    "documents:key": Access("admin"),
    "documents:ask_key": Access("admin", _ACT),
    "documents:key_request": Access("admin"),
    "documents:offer_certificate": Access("admin", _ACT),
    "documents:cancel_key_request": Access("admin", _ACT),
    "authority:say_alone": Access("admin", _ACT),
    "authority:proposal": Access("two-people"),
    "authority:confirm": Access("two-people", _ACT),
    "authority:refuse": Access("two-people", _ACT),
    "authority:withdraw": Access("two-people", _ACT),
    "notices:messages": Access("owner"),
    "notices:message": Access("owner"),
    "notices:read_all": Access("owner", _ACT),
    "notices:preferences": Access("owner", _FORM),
    "archives:notice": Access("public"),
    "archives:notice_of": Access("public"),
    "archives:own": Access("owner"),
    "archives:change": Access("owner", _FORM),
    "archives:copy_json": Access("owner"),
    "archives:order_copy": Access("owner", _ACT),
    "archives:copy_pdf": Access("owner"),
    "archives:ask": Access("owner", _FORM),
    "archives:erase": Access("owner", _FORM),
    "archives:erase_confirmed": Access("owner", _FORM),
    "archives:desk": Access("staff:archives"),
    "archives:request": Access("staff:archives", _FORM),
    "archives:propose": Access("staff:archives", _FORM),
    "archives:disposal": Access("staff:archives", _FORM),
    "archives:report": Access("staff:archives"),
    "archives:hold": Access("staff:archives", _FORM),
    "archives:lift": Access("staff:archives", _ACT),
    "standards:service_list": Access("public"),
    "standards:office": Access("public"),
    "standards:pledge": Access("public"),
    "standards:service": Access("public"),
    "standards:service_print": Access("public"),
    "standards:service_versions": Access("public"),
    "standards:open_data": Access("public"),
    "standards:open_data_json": Access("public"),
    "standards:open_data_csv": Access("public"),
    "permits:track": Access("public", _FORM),
    "permits:needs": Access("public"),
    "permits:tracked": Access("public"),
    "permits:verify": Access("public", _FORM),
    "permits:public_register": Access("public"),
    "permits:public_register_json": Access("public"),
    "permits:public_register_csv": Access("public"),
    "permits:verified": Access("public", _FORM),
    "permits:start": Access("owner", _FORM),
    "permits:my_applications": Access("owner"),
    "permits:application": Access("owner"),
    "permits:form": Access("owner", _FORM),
    "permits:questions": Access("owner", _FORM),
    "permits:requirements": Access("owner", _FORM),
    "permits:upload": Access("owner", _ACT),
    "permits:review": Access("owner", _FORM),
    "permits:remove_document": Access("owner", _ACT),
    "permits:delete_draft": Access("owner", _FORM),
    "permits:receipt": Access("owner"),
    "permits:receipt_pdf": Access("owner"),
    "permits:submissions": Access("owner"),
    "permits:submission_pdf": Access("owner"),
    "permits:withdraw": Access("owner", _FORM),
    "permits:start_again": Access("owner", _ACT),
    "permits:collect": Access("owner", _ACT),
    "permits:certificate_pdf": Access("owner"),
    "permits:paper_pdf": Access("owner"),
    "permits:deadline": Access("owner"),
    "permits:document": Access("owner"),
    "permits:photo": Access("owner"),
    "permits:payment_proof": Access("owner"),
    "permits:worklist": Access("staff:desk"),
    "permits:register": Access("staff:desk"),
    "permits:desk_application": Access("staff:desk"),
    "permits:opening_reason": Access("staff:desk", _FORM),
    "permits:show_number": Access("staff:desk", _ACT),
    "permits:receive": Access("staff:desk", _ACT),
    "permits:verdict": Access("staff:desk", _ACT),
    "permits:answer_verdict": Access("staff:desk", _ACT),
    "permits:complete": Access("staff:desk", _ACT),
    "permits:return": Access("staff:desk", _ACT),
    "permits:propose_refusal": Access("staff:desk", _ACT),
    "permits:confirm_refusal": Access("signer", _ACT),
    "permits:refuse": Access("signer", _ACT),
    "permits:inspect": Access("staff:desk", _ACT),
    "permits:set_charges": Access("staff:desk", _ACT),
    "permits:correct_charge": Access("staff:desk", _ACT),
    "permits:pay": Access("staff:desk", _ACT),
    "permits:pass_on": Access("staff:desk", _ACT),
    "permits:give_part": Access("staff:desk", _ACT),
    "permits:pass_over": Access("staff:desk", _ACT),
    "permits:part_file": Access("staff:desk"),
    "permits:step_file": Access("staff:desk"),
    "permits:skip": Access("staff:desk", _ACT),
    "permits:send_back": Access("staff:desk", _ACT),
    "permits:draft": Access("staff:desk", _ACT),
    "permits:finish_draft": Access("staff:desk", _ACT),
    "permits:write_paper": Access("staff:desk", _ACT),
    "permits:preview_pdf": Access("staff:desk"),
    "permits:letter_pdf": Access("staff:desk"),
    "permits:initial": Access("staff:desk", _ACT),
    "permits:sign": Access("signer", _ACT),
    "permits:initial_paper": Access("staff:desk", _ACT),
    "permits:sign_paper": Access("signer", _ACT),
    "permits:number": Access("staff:desk", _ACT),
    "permits:hand_over": Access("staff:desk", _ACT),
    "permits:orders": Access("staff:desk"),
    "permits:paper": Access("staff:desk"),
    "permits:propose_ending": Access("staff:desk", _ACT),
    "permits:propose_replacement": Access("staff:desk", _ACT),
    "permits:confirm_order": Access("signer", _ACT),
    "permits:close_order": Access("staff:desk", _ACT),
    "permits:openings": Access("head"),
    "permits:calendar_effect": Access("admin", "GET POST"),
    "permits:replay": Access("admin", "GET"),
    "permits:routing_card": Access("staff:desk"),
    "permits:history": Access("staff:desk"),
    "permits:desk_deadline": Access("staff:desk"),
    "permits:adjust_clock": Access("signer", _FORM),
    "surveys:invited": Access("public", _FORM),
    "surveys:receipt": Access("public", _FORM),
    "surveys:own": Access("owner", _FORM),
    "surveys:thanks": Access("public"),
    "surveys:tablet": Access("public", _FORM),
    "surveys:tablet_answer": Access("public", _FORM),
    "surveys:tablet_thanks": Access("public"),
    "surveys:office": Access("public"),
    "surveys:banner": Access("public"),
    "surveys:data_json": Access("public"),
    "surveys:data_csv": Access("public"),
    "surveys:open": Access("public", _FORM),
    "surveys:results": Access("staff:desk"),
    "surveys:open_tablet": Access("staff:desk", _ACT),
    "surveys:sheet": Access("staff:desk"),
    "surveys:paper": Access("staff:desk", _FORM),
    "surveys:extras": Access("staff:reports", _FORM),
    "surveys:remove_extra": Access("staff:reports", _ACT),
    "surveys:plan": Access("staff:reports", _FORM),
    "surveys:follow_ups": Access("staff:desk"),
    "surveys:finish": Access("staff:reports", _FORM),
    "surveys:evidence": Access("staff:desk"),
    "reports:list": Access("staff:desk", _FORM),
    "reports:report": Access("staff:desk"),
    "reports:words": Access("staff:desk", _FORM),
    "reports:compile_again": Access("staff:desk", _ACT),
    "reports:submit": Access("staff:desk", _ACT),
    "reports:approve": Access("staff:desk", _ACT),
    "reports:send_back": Access("staff:desk", _ACT),
    "reports:sign": Access("signer", _ACT),
    "reports:publish": Access("staff:desk", _ACT),
    "reports:pdf": Access("staff:desk"),
    "reports:docx": Access("staff:desk"),
    "reports:xlsx": Access("staff:desk"),
    "reports:office": Access("public"),
    "reports:published": Access("public"),
    "boards:now": Access("staff:boards"),
    "boards:period": Access("staff:boards"),
    "boards:files": Access("staff:boards"),
    "boards:complaints": Access("staff:boards"),
    "boards:print_now": Access("staff:boards", _ACT),
    "boards:print_period": Access("staff:boards", _ACT),
    "boards:paper": Access("staff:boards"),
    "boards:evidence": Access("staff:boards", _FORM),
    "boards:evidence_zip": Access("staff:boards"),
    "boards:evidence_pdf": Access("staff:boards"),
    "boards:promises_home": Access("public"),
    "boards:promises": Access("public"),
    "boards:promises_json": Access("public"),
    "complaints:home": Access("public"),
    "complaints:office": Access("public"),
    "complaints:track": Access("public", _FORM),
    "complaints:send": Access("public", _FORM),
    "complaints:alike": Access("public", _ACT),
    "complaints:mine": Access("public", _FORM),
    "complaints:my_letter": Access("public"),
    "complaints:list": Access("staff:complaints"),
    "complaints:enter": Access("staff:complaint-officers", _FORM),
    "complaints:enter_alike": Access("staff:complaint-officers", _ACT),
    "complaints:complaint": Access("staff:complaints"),
    "complaints:file": Access("staff:complaints"),
    "complaints:letter_pdf": Access("staff:complaints"),
    "complaints:identity": Access("complaint-identity", _ACT),
    "complaints:accept": Access("staff:complaints", _ACT),
    "complaints:treat_as_suggestion": Access("staff:complaints", _ACT),
    "complaints:ask": Access("staff:complaints", _ACT),
    "complaints:complete": Access("staff:complaints", _ACT),
    "complaints:study": Access("staff:complaints", _ACT),
    "complaints:classify": Access("staff:complaints", _ACT),
    "complaints:record_step": Access("staff:complaints", _ACT),
    "complaints:draft_answer": Access("staff:complaints", _ACT),
    "complaints:agree": Access("staff:complaints", _ACT),
    "complaints:send_back": Access("staff:complaints", _ACT),
    "complaints:send_answer": Access("staff:complaints", _ACT),
    "complaints:name_owner": Access("staff:complaints", _ACT),
    "complaints:bring_up": Access("staff:complaints", _ACT),
    "complaints:request_apip": Access("staff:complaints", _ACT),
    "complaints:decide_apip": Access("staff:complaints", _ACT),
    "complaints:merge": Access("staff:complaints", _ACT),
    "complaints:link": Access("staff:complaints", _ACT),
    "complaints:add_note": Access("staff:complaints", _ACT),
    "complaints:withdraw": Access("staff:complaints", _ACT),
    "complaints:book": Access("staff:complaints"),
    "complaints:book_pdf": Access("staff:complaints", _ACT),
    "complaints:book_identities": Access("complaint-identity", _FORM),
    "complaints:book_paper": Access("staff:complaints"),
    "complaints:reports": Access("staff:complaints", _FORM),
    "complaints:report": Access("staff:complaints"),
    "complaints:report_compile": Access("staff:complaints", _ACT),
    "complaints:report_submit": Access("staff:complaints", _ACT),
    "complaints:report_approve": Access("staff:complaints", _ACT),
    "complaints:report_return": Access("staff:complaints", _ACT),
    "complaints:report_hand_over": Access("staff:complaints", _ACT),
    "complaints:report_pdf": Access("staff:complaints", _ACT),
}

# allauth and Django's admin bring their own addresses
_ALLAUTH_PUBLIC = frozenset(
    {
        "account_login", "account_signup", "account_confirm_email", "account_reset_password",
        "account_email_verification_sent", "account_inactive", "account_logout",
        "account_reset_password_done", "account_reset_password_from_key",
        "account_reset_password_from_key_done", "account_request_login_code",
        "account_confirm_login_code", "mfa_authenticate",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the portal."""

    name: str
    path: str
    methods: list[str]
    access: str


def access_of(name: str) -> Access | None:
    """Return the row of a URL name, or ``None`` if the table has none."""
    if name in TABLE:
        return TABLE[name]
    if name.startswith("admin:"):
        return Access("admin", _FORM)
    if name.startswith(("account_", "mfa_")):
        return Access("public" if name in _ALLAUTH_PUBLIC else "owner", _FORM)
    return None


def named_patterns() -> Iterator[tuple[str, str]]:
    """Yield name (with namespace) and path of every URL; nameless ones carry an empty name."""
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(
    patterns: list[URLPattern | URLResolver], space: str, prefix: str
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner, path)
        else:
            yield (f"{space}{pattern.name}" if pattern.name else "", path)


def routes() -> list[Route]:
    """Return every named route; one without a row has the access class ``undeclared``."""
    rows = []
    for name, path in named_patterns():
        if name:
            access = access_of(name) or Access("undeclared")
            rows.append(Route(name, "/" + path, access.methods.split(), access.kind))
    return rows
