"""Measuring: the embedded default plus one bare page to compare with (``make bench``)."""

from portal.settings.development import *  # noqa: F403

ROOT_URLCONF = "scripts.bench_urls"
