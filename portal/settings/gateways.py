"""Gateways to telephones (docs/messages.md). Without an address a way is not offered to anybody."""

from portal.settings import env

SMS_GATEWAY_URL = env.gateway("SMS_GATEWAY_URL")
SMS_GATEWAY_TOKEN = env.text("SMS_GATEWAY_TOKEN", "")
SMS_SENDER = env.text("SMS_SENDER", "")
WHATSAPP_GATEWAY_URL = env.gateway("WHATSAPP_GATEWAY_URL")
WHATSAPP_GATEWAY_TOKEN = env.text("WHATSAPP_GATEWAY_TOKEN", "")
WHATSAPP_SENDER = env.text("WHATSAPP_SENDER", "")
WHATSAPP_TEMPLATE = env.text("WHATSAPP_TEMPLATE", "")  # then the address is Meta's Cloud API
