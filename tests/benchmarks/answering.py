"""A server of a few lines in this process, for what the load generator and its lanes must be told."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from benchmarks.servers import Server


@contextmanager
def answering(*statuses: int) -> Iterator[tuple[Server, list[str]]]:
    """A server that gives these statuses in turn, and the paths it is asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status = statuses[len(asked) % len(statuses)]
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed for an answer."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield Server(port=server.server_address[1], session=os.getsid(0)), asked
        finally:
            server.shutdown()
            thread.join()
