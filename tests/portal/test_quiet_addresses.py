"""An address that opens something by a secret in it is in no log of the documented nginx."""

import re

from portal.routes import named_patterns
from tests.nginx import documented_settings

_SECRET = re.compile(r"<str:(token|secret)>|\(\?P<key>|<str:code>")
_PLACE = re.compile(r"location ~ (?P<path>\S+) \{(?P<rules>.*?)\n    \}", re.DOTALL)


def test_no_secret_of_an_address_is_logged() -> None:
    places = _PLACE.finditer(documented_settings())
    quiet = [re.compile(one["path"]) for one in places if "access_log off;" in one["rules"]]
    secrets = [
        re.sub(r"[\^$]", "", path) for _name, path in named_patterns() if _SECRET.search(path)
    ]
    assert len(secrets) >= 6
    assert [path for path in secrets if not any(one.match(f"/{path}") for one in quiet)] == []
