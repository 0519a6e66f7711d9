"""Proposals about the account of another: rights, address, password, second factor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from accounts import second_factors
from accounts.models import Office, User
from authority.kinds.base import Kind, Lines, changed, person_of
from authority.models import Proposal, SoleAdministrator
from authority.selectors import administrators

_FLAGS = ("is_active", "is_staff", "is_superuser")


def _nothing(proposal: Proposal, at: datetime) -> str:
    return ""


def _no_lines(proposal: Proposal) -> Lines:
    return []


# Rights ---------------------------------------------------------------------------------------


def rights_of(person: User) -> dict[str, Any]:
    """Return the rights of ``person`` in the administration, as plain values."""
    groups = person.groups.order_by("name")
    return {
        **{flag: getattr(person, flag) for flag in _FLAGS},
        "groups": [_group(group) for group in groups],
        "offices": _offices(person.administers.all()),
    }


def rights(
    *, groups: Iterable[Group], offices: Iterable[Office] = (), **flags: bool
) -> dict[str, Any]:
    """Return these rights as plain values."""
    chosen = sorted(groups, key=lambda group: group.name)
    return {
        **{flag: flags[flag] for flag in _FLAGS},
        "groups": [_group(group) for group in chosen],
        "offices": _offices(offices),
    }


def _offices(offices: Iterable[Office]) -> list[dict[str, Any]]:
    """Return the offices of which somebody is administrator."""
    chosen = sorted(offices, key=lambda office: office.pk)
    return [{"id": office.pk, "name": office.short_name} for office in chosen]


def _group(group: Group) -> dict[str, Any]:
    """Return a group with what it may do: whoever changes it meanwhile changes the proposal."""
    may = group.permissions.order_by("pk").values_list("codename", flat=True)
    return {"id": group.pk, "name": group.name, "may": list(may)}


def _rights_sentence(proposal: Proposal) -> str:
    before, after = proposal.facts["before"], proposal.facts["after"]
    words = {"person": person_of(proposal)}
    if before["is_active"] and not after["is_active"]:
        return _("Akun %(person)s dinonaktifkan") % words
    if after["is_active"] and not before["is_active"]:
        return _("Akun %(person)s diaktifkan") % words
    if after["is_staff"] and not before["is_staff"]:
        return _("%(person)s menjadi administrator") % words
    if before["is_staff"] and not after["is_staff"]:
        return _("%(person)s tidak lagi menjadi administrator") % words
    return _("Wewenang %(person)s di halaman administrasi berubah") % words


def _rights_lines(proposal: Proposal) -> Lines:
    before, after = proposal.facts["before"], proposal.facts["after"]
    labels = {
        "is_active": _("Akun aktif"),
        "is_staff": _("Boleh membuka administrasi"),
        "is_superuser": _("Semua wewenang administrasi"),
    }
    lines: Lines = []
    for flag, label in labels.items():
        lines.append((label, changed(_yes(before[flag]), _yes(after[flag]))))
    old, new = (", ".join(row["name"] for row in side["groups"]) for side in (before, after))
    none = _("tidak ada")
    kept = [", ".join(row["name"] for row in side["offices"]) for side in (before, after)]
    lines.append((_("Administrator di unit"), changed(kept[0] or none, kept[1] or none)))
    lines.append((_("Kelompok wewenang"), changed(old or none, new or none)))
    return lines


def _yes(value: bool) -> str:
    return _("ya") if value else _("tidak")


def _rights_premise(proposal: Proposal, at: datetime) -> str:
    after = proposal.facts["after"]
    if rights_of(person_of(proposal)) != proposal.facts["before"]:
        return "proposal_changed"
    stays = all(after[flag] for flag in _FLAGS)
    if not stays and not administrators(full=True).exclude(pk=person_of(proposal).pk).exists():
        return "proposal_last_administrator"
    wanted = after["groups"]
    groups = Group.objects.filter(pk__in=[row["id"] for row in wanted]).order_by("name")
    return "" if [_group(group) for group in groups] == wanted else "proposal_changed"


def _give_rights(proposal: Proposal, by: User | None, at: datetime) -> None:
    person, after = person_of(proposal), proposal.facts["after"]
    for flag in _FLAGS:
        setattr(person, flag, after[flag])
    person.save(update_fields=list(_FLAGS))
    person.groups.set([row["id"] for row in after["groups"]])
    person.administers.set([row["id"] for row in after["offices"]])
    for said in SoleAdministrator.objects.filter(ended_at=None).select_related("office"):
        if administrators(office=said.office).count() > 1:
            SoleAdministrator.objects.filter(pk=said.pk).update(ended_at=at)


RIGHTS = Kind(_rights_sentence, _rights_lines, _rights_premise, _give_rights)


# Address --------------------------------------------------------------------------------------


def _email_sentence(proposal: Proposal) -> str:
    words = {"person": person_of(proposal), "new": proposal.facts["after"]}
    return _("Alamat e-mail %(person)s menjadi %(new)s") % words


def _email_lines(proposal: Proposal) -> Lines:
    return [
        (_("Alamat baru"), proposal.facts["after"]),
        (_("Alamat sekarang"), proposal.facts["before"]),
    ]


def email_taken(address: str, person: User) -> bool:
    """Whether another account uses ``address``."""
    users = User.objects.filter(email__iexact=address).exclude(pk=person.pk)
    known = EmailAddress.objects.filter(email__iexact=address).exclude(user=person)
    return users.exists() or known.exists()


def _email_premise(proposal: Proposal, at: datetime) -> str:
    if person_of(proposal).email != proposal.facts["before"]:
        return "proposal_changed"
    return "email_taken" if email_taken(proposal.facts["after"], person_of(proposal)) else ""


def _change_email(proposal: Proposal, by: User | None, at: datetime) -> None:
    person = person_of(proposal)
    person.email = proposal.facts["after"]
    person.save(update_fields=["email"])
    # the old addresses open the account no more; the new one is proved at the next sign-in
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)


EMAIL = Kind(_email_sentence, _email_lines, _email_premise, _change_email)


# Password and second factor -------------------------------------------------------------------


def _password_sentence(proposal: Proposal) -> str:
    return _("Kata sandi %(person)s dibatalkan") % {"person": person_of(proposal)}


def _void_password(proposal: Proposal, by: User | None, at: datetime) -> None:
    """Nobody chooses another's password: it is made void, and sessions end with it."""
    person_of(proposal).set_unusable_password()
    person_of(proposal).save(update_fields=["password"])


def _password_after(proposal: Proposal, user: User) -> str:
    if user.pk != proposal.person_id:
        return ""
    return _(
        "Kata sandi lama tidak berlaku lagi. Buat yang baru lewat Lupa kata sandi di halaman masuk."
    )


PASSWORD = Kind(_password_sentence, _no_lines, _nothing, _void_password, _password_after)


def _factor_sentence(proposal: Proposal) -> str:
    return _("Verifikasi dua langkah %(person)s dihapus") % {"person": person_of(proposal)}


def _factor_premise(proposal: Proposal, at: datetime) -> str:
    found = Authenticator.objects.filter(user=person_of(proposal)).exists()
    return "" if found else "no_second_factor"


def _remove_factor(proposal: Proposal, by: User | None, at: datetime) -> None:
    if by is not None:
        second_factors.reset(
            person_of(proposal),
            proposer=proposal.proposed_by,
            confirmer=by,
            reason=proposal.reason,
            at=at,
        )
        return
    Authenticator.objects.filter(user=person_of(proposal)).delete()
    _void_password(proposal, by, at)


def _factor_after(proposal: Proposal, user: User) -> str:
    if user.pk != proposal.person_id:
        return ""
    return _(
        "Kata sandi lama tidak berlaku lagi. Buat yang baru, masuk, lalu pasang lagi verifikasi "
        "dua langkah."
    )


SECOND_FACTOR = Kind(_factor_sentence, _no_lines, _factor_premise, _remove_factor, _factor_after)
