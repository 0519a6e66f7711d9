"""Every form and every page of the administration reads what is typed with our fields."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterable, Iterator

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.forms import ReadOnlyPasswordHashField
from django.contrib.auth.models import AnonymousUser

from accounts import fields
from accounts.models import User
from portal import account_forms
from tests.architecture.source import calls, modules
from tests.factories.surveys import load_questionnaires

OURS = tuple(getattr(fields, name) for name in fields.__all__ if name.endswith("Field"))
TYPED = (
    forms.CharField, forms.IntegerField, forms.DateField, forms.DateTimeField, forms.TimeField,
    forms.DurationField, forms.SplitDateTimeField,
)  # fmt: skip
BARE = {
    f"forms.{name}Field"
    for name in (
        "Char", "Email", "Slug", "URL", "Regex", "Integer", "Float", "Decimal", "Date", "DateTime",
        "Time", "Duration",
    )
}  # fmt: skip


def foreign(named: Iterable[tuple[str, forms.Field]]) -> list[str]:
    """Return the names of fields that read text, numbers or days and are not ours.

    Passwords are taken as they are typed.
    """
    return [
        name
        for name, field in named
        if isinstance(field, TYPED)
        and not isinstance(field, (*OURS, ReadOnlyPasswordHashField))
        and not isinstance(field.widget, forms.PasswordInput)
    ]


def bare(source: str) -> list[int]:
    """Return the lines that make a field of Django for something typed."""
    return [
        call.lineno
        for call in calls(source)
        if ast.unparse(call.func) in BARE and "PasswordInput" not in ast.unparse(call)
    ]


def own_forms() -> Iterator[type[forms.BaseForm]]:
    """Yield every form class of our apps."""
    for path, _text in modules():
        if "form" in path or "admin" in path:
            importlib.import_module(
                path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            )
    waiting = forms.BaseForm.__subclasses__()
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if not form.__module__.startswith(("django.", "allauth.", "axes.", "tests.")):
            yield form


def test_no_module_makes_a_field_of_django():
    places = [(path, text) for path, text in modules() if not path.startswith("accounts/fields/")]
    assert {f"{path}:{line}" for path, text in places for line in bare(text)} == set()


def test_forms_declare_our_fields():
    found = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in own_forms()
        if not issubclass(form, account_forms.AccountFormMixin)  # below
        for name in foreign(getattr(form, "declared_fields", {}).items())
    ]
    assert sorted(set(found)) == []


@pytest.mark.django_db
def test_pages_of_the_administration_use_our_fields(rf):
    load_questionnaires()
    request = rf.get("/")
    request.user = User.objects.create_superuser("admin@portal.test", "x", full_name="Admin")
    found = []
    for model, page in admin.site._registry.items():
        row = model._default_manager.first()
        if page.has_add_permission(request) or page.has_change_permission(request):
            for shown in filter(None, (page.has_add_permission(request) and model(), row)):
                kept = page.get_form(request, shown, change=shown is row).base_fields
                found += [f"{model._meta.label}.{name}" for name in foreign(kept.items())]
        for inline in page.inlines:
            assert row is not None, f"{model} needs a row in the base world"
            kept = inline(model, admin.site).get_formset(request, row).form.base_fields
            found += [f"{inline.__name__}.{name}" for name in foreign(kept.items())]
    assert sorted(set(found)) == []


@pytest.mark.parametrize(
    "form",
    [
        account_forms.LoginForm,
        account_forms.SignupForm,
        account_forms.AddEmailForm,
        account_forms.ResetPasswordForm,
        account_forms.ConfirmLoginCodeForm,
        account_forms.AuthenticateForm,
    ],
)
@pytest.mark.django_db
def test_forms_of_accounts_use_our_fields(form, rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    nobody = (account_forms.AddEmailForm, account_forms.AuthenticateForm)
    given = {"user": User()} if form in nobody else {}
    assert foreign(form(**given).fields.items()) == []


def test_the_rule_bites():
    assert bare("x = forms.CharField(max_length=3)") == [1]
    assert bare("x = forms.CharField(widget=forms.PasswordInput)") == []
    assert foreign([("a", forms.CharField()), ("b", forms.BooleanField())]) == ["a"]
    assert (
        foreign([("a", fields.OneLineField()), ("p", forms.CharField(widget=forms.PasswordInput))])
        == []
    )
