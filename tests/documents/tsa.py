"""A time stamp authority (RFC 3161): ``openssl ts`` behind a small web server."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_CONFIGURATION = """
[ tsa ]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""
_EXTENSIONS = "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"


def openssl(folder: Path, *words: str) -> bytes:
    """Run openssl in a folder and return what it printed; fail when it fails."""
    done = subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@dataclass
class Authority:
    """Where it is, whom it is signed by, and how it behaves: ``answer``, ``away`` or ``wrong``."""

    folder: Path
    url: str = ""
    mode: str = "answer"
    asked: list[bytes] = field(default_factory=list)

    @property
    def ca(self) -> Path:
        """The certificate that signed the one of the authority."""
        return self.folder / "ca.pem"

    def make_keys(self) -> None:
        """Make a root and a certificate that may stamp and nothing else."""
        new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        self.folder.mkdir()
        (self.folder / "tsa.cnf").write_text(_CONFIGURATION)
        (self.folder / "tsa.ext").write_text(_EXTENSIONS)
        (self.folder / "serial").write_text("01\n")
        openssl(self.folder, "req", "-x509", *new, "-subj", "/CN=Akar Cap Waktu", "-days", "30",
                "-keyout", "ca.key", "-out", "ca.pem")  # fmt: skip
        openssl(self.folder, "req", *new, "-subj", "/CN=Cap Waktu", "-keyout", "tsa.key",
                "-out", "tsa.csr")  # fmt: skip
        openssl(self.folder, "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                "-days", "30", "-extfile", "tsa.ext", "-out", "tsa.pem")  # fmt: skip

    def reply(self, query: bytes) -> bytes:
        """Return the stamp for a query."""
        self.asked.append(query)
        (self.folder / "query").write_bytes(query)
        return openssl(self.folder, "ts", "-reply", "-config", "tsa.cnf", "-section", "tsa",
                       "-queryfile", "query")  # fmt: skip


@contextmanager
def running(folder: Path) -> Iterator[Authority]:
    """Serve an authority, whose keys are made in a new ``folder``, on a free port."""
    authority = Authority(folder)
    authority.make_keys()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            if authority.mode == "away":
                self.send_error(503)
                return
            first = authority.asked[0] if authority.asked else query
            answer = authority.reply(first if authority.mode == "wrong" else query)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    authority.url = f"http://127.0.0.1:{server.server_port}/ts"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
