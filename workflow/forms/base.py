"""The base of every form on the pages of the portal: django-crispy-forms draws them all.

A page writes its own ``<form>``, the token and the buttons; ``{% crispy form %}`` writes the fields
with ``templates/bootstrap5/field.html`` (of a filter the whole form: ``workflow.forms.filters``).
The errors of the whole form stand in the summary on top of the page (``{% error_summary form %}``).
Labels, help texts and choices are escaped. The legend of a ``Fieldset`` is not: only words from the
code stand there, never those of a row.
"""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.template import Context, Engine
from django.utils.safestring import SafeString


class FieldsHelper(FormHelper):
    """Draws the fields of a form, without ``<form>``, token, buttons and list of errors."""

    form_tag = False
    disable_csrf = True
    form_show_errors = False
    render_hidden_fields = True


class PortalFormMixin:
    """Gives a form the ``helper`` that ``{% crispy form %}`` needs."""

    def layout(self) -> Layout | None:
        """Return the order and the groups of the fields; ``None``: as they are declared."""
        return None

    @property
    def helper(self) -> FormHelper:
        """The helper of crispy-forms, with the layout of this form."""
        helper = FieldsHelper()
        helper.layout = self.layout()
        return helper


class PortalForm(PortalFormMixin, forms.Form):
    """A form of the portal."""


class Include:
    """Puts a template between the fields of a layout; it sees the context of the page."""

    def __init__(self, template: str) -> None:
        self.template = template

    def render(
        self, form: forms.BaseForm, context: Context, template_pack: str = TEMPLATE_PACK
    ) -> SafeString:
        """Return the template with the context of the page, and the form that is drawn."""
        with context.push(form=form):
            return Engine.get_default().get_template(self.template).render(context)
