"""Services of others: gateways to telephones (docs/messages.md), the authority of time stamps.

Without an address a way to reach people is not offered to anybody, and heads are not stamped.
"""

from django.core.exceptions import ImproperlyConfigured

from portal.settings import env

SMS_GATEWAY_URL = env.gateway("SMS_GATEWAY_URL")
SMS_GATEWAY_TOKEN = env.text("SMS_GATEWAY_TOKEN", "")
SMS_SENDER = env.text("SMS_SENDER", "")
WHATSAPP_GATEWAY_URL = env.gateway("WHATSAPP_GATEWAY_URL")
WHATSAPP_GATEWAY_TOKEN = env.text("WHATSAPP_GATEWAY_TOKEN", "")
WHATSAPP_SENDER = env.text("WHATSAPP_SENDER", "")
WHATSAPP_TEMPLATE = env.text("WHATSAPP_TEMPLATE", "")  # then the address is Meta's Cloud API

TIMESTAMP_URL = env.web_address("TIMESTAMP_URL")  # RFC 3161; docs/operations.md
TIMESTAMP_CA = env.text("TIMESTAMP_CA", "")  # file: PEM of the certificates that are trusted
if TIMESTAMP_URL and not TIMESTAMP_CA:
    raise ImproperlyConfigured("TIMESTAMP_CA must name the certificates of TIMESTAMP_URL")
