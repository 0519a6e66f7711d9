"""A gateway to telephones that speaks the protocol of docs/messages.md, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class FakeGateway:
    """What it was sent, and how it behaves: a status, ``slow``, ``hang`` or ``close``."""

    mode: int | str = 200
    asked: list[dict[str, Any]] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    answer: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    released: threading.Event = field(default_factory=threading.Event)


@contextmanager
def running() -> Iterator[FakeGateway]:
    """Serve one gateway on a free port."""
    fake = FakeGateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.asked.append({"headers": dict(self.headers), "body": body, "path": self.path})
            if fake.mode == "hang":
                fake.released.wait(20)
            if fake.mode == "slow":
                fake.released.wait(0.5)
            elif isinstance(fake.mode, str):
                self.close_connection = True
                return
            status = fake.mode if isinstance(fake.mode, int) else 200
            if status == 200:  # the same message twice is one message
                fake.taken.setdefault(self.headers["Idempotency-Key"], str(body))
            said = fake.answer or {"id": f"gw-{body['id']}", "error": "nomor\nsalah"}
            answer = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_port}/pesan?v=1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        fake.released.set()
        server.shutdown()
        server.server_close()
