"""What the layouts of pages are made of: scripts, entries of menus, the meaning of messages."""

from __future__ import annotations

from django import template
from django.urls import reverse

from portal.templatetags.components import notice_icon

register = template.Library()

SCRIPTS = {
    "htmx": "portal/vendor/htmx/htmx.min.js",
    "bootstrap": "portal/vendor/bootstrap/bootstrap.bundle.min.js",
}
LEVEL_MEANINGS = {"success": "good", "warning": "attention", "error": "late"}


@register.inclusion_tag("components/script.html")
def script(name: str) -> dict[str, object]:
    """``{% script "htmx" %}``: a deferred script; "htmx", "bootstrap" or a path below static."""
    return {"path": SCRIPTS.get(name, name)}


@register.inclusion_tag("components/nav_link.html", takes_context=True)
def nav_link(
    context: template.Context, name: str, label: str, picture: str, counted: str = ""
) -> dict[str, object]:
    """``{% nav_link "permits:worklist" "Antrean" "inbox" %}``: marks itself on its own page.

    ``counted`` names the place where the number of what waits is shown once it has arrived.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    current = match is not None and match.view_name == name
    return {
        "url": reverse(name),
        "label": label,
        "picture": picture,
        "current": current,
        "counted": counted,
    }


@register.filter
def message_meaning(message: object) -> str:
    """``{{ message|message_meaning }}``: one of the four meanings for a Django message."""
    return LEVEL_MEANINGS.get(getattr(message, "level_tag", ""), "neutral")


@register.filter
def message_icon(message: object) -> str:
    """``{% icon message|message_icon %}``: the picture of that meaning."""
    return notice_icon(message_meaning(message))
