"""A mail server that speaks enough SMTP, and may hang up or refuse an address."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

BOX_SECRET = "sandi"


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


@contextmanager
def box_of(server: FakeMailServer, secret: str = BOX_SECRET) -> Iterator[int]:
    """Serve over IMAP what the mail server has taken; yield the port."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK uji\r\n")
            for line in self.rfile:
                tag, verb, *words = line.decode().split()
                self.wfile.write(answer(verb.upper(), words, f"{tag} OK ya\r\n", tag).encode())
                if verb.upper() == "LOGOUT":
                    return

    def answer(verb: str, words: list[str], fine: str, tag: str) -> str:
        if verb == "CAPABILITY":
            return "* CAPABILITY IMAP4rev1\r\n" + fine
        if verb == "LOGIN":
            return fine if words[-1].strip('"') == secret else f"{tag} NO salah\r\n"
        if verb == "SELECT":
            return f"* {len(server.taken)} EXISTS\r\n{fine}"
        if verb == "SEARCH":
            found = [
                str(number)
                for number, mail in enumerate(server.taken, 1)
                if words[-1].strip('"') in str(email.message_from_string(mail)["Subject"])
            ]
            return f"* SEARCH {' '.join(found)}\r\n{fine}"
        return fine

    box = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    box.daemon_threads = True
    threading.Thread(target=box.serve_forever, daemon=True).start()
    try:
        yield box.server_address[1]
    finally:
        box.shutdown()
        box.server_close()
