"""How long a service usually takes, on its page: figures that no app below the boards knows."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils import timezone

from boards.selectors.promises import usual_time
from boards.wording import usual
from standards.models import Service

register = template.Library()


@register.inclusion_tag("boards/_usual.html")
def usual_days(service: Service) -> dict[str, object]:
    """``{% usual_days service %}``: "Biasanya 3 hari kerja"; nothing below ten answered files."""
    found = usual_time(service, timezone.now())
    if found is None:
        return {"usual": ""}
    half, most = usual(found)
    url = reverse("boards:promises", args=[service.office.code])
    return {"usual": half, "most": most, "url": url}
