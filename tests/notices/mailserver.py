"""A mail server that speaks enough SMTP, and may hang up or refuse an address."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class FakeMailServer:
    """What it took, over how many connections, and how it behaves."""

    port: int = 0
    connections: int = 0
    taken: list[str] = field(default_factory=list)
    hangs_up_after: int = 0  # mails of one connection; nought is never
    refused: dict[str, bytes] = field(default_factory=dict)


@contextmanager
def running() -> Iterator[FakeMailServer]:
    """Serve one mail server on a free port."""
    fake = FakeMailServer()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: bytes) -> None:
            self.wfile.write(line + b"\r\n")

        def handle(self) -> None:
            fake.connections += 1
            mails = 0
            self.say(b"220 uji")
            for line in self.rfile:
                verb = line[:4].upper()
                if verb == b"RCPT":
                    address = line.split(b"<")[1].split(b">")[0].decode()
                    self.say(fake.refused.get(address, b"250 ya"))
                elif verb == b"DATA":
                    self.say(b"354 silakan")
                    fake.taken.append(self.content())
                    mails += 1
                    self.say(b"250 diterima")
                    if mails == fake.hangs_up_after:
                        return
                elif verb == b"QUIT":
                    self.say(b"221 sampai jumpa")
                    return
                else:
                    self.say(b"250 ya")

        def content(self) -> str:
            lines = []
            for line in self.rfile:
                if line == b".\r\n":
                    break
                lines.append(line)
            return b"".join(lines).decode()

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
