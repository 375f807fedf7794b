"""A translation engine on this machine that speaks as LibreTranslate does: real requests, no mock."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Engine:
    """How it answers, and what it was asked. ``translate`` makes the translation of one text, as HTML."""

    address: str = ""
    translate: Callable[[str], str] = lambda text: f"Traduit : {text}"
    status: int = 200
    answer: bytes | None = None
    key: str = "a key"
    asked: list[dict[str, Any]] = field(default_factory=list)

    @property
    def setting(self) -> dict[str, Any]:
        """The setting that names this engine."""
        return {
            "CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
            "OPTIONS": {"LIBRETRANSLATE_URL": self.address, "API_KEY": "a key", "TIMEOUT": 5},
        }


@contextmanager
def running() -> Iterator[Engine]:
    """The engine, listening on a port of its own."""
    engine = Engine()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            engine.asked.append(body)
            status = engine.status if body["api_key"] == engine.key else 403
            answer = engine.answer
            if answer is None:
                answer = json.dumps({"translatedText": [engine.translate(text) for text in body["q"]]}).encode()
            self.send_response(status if self.path == "/translate" else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    engine.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield engine
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
