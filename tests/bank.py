"""A bank on this machine that answers as the National Bank of Poland does, or as a test wants."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]  # status, headers, content


def said(*prices: tuple[str, float]) -> bytes:
    """The bank's list of (day, price)."""
    return json.dumps([{"data": day, "cena": price} for day, price in prices]).encode()


def every_day(path: str) -> Answer:
    """A price for each day that is asked for."""
    start, end = (date.fromisoformat(part) for part in path.split("/")[3:5])
    days = [start + timedelta(n) for n in range((end - start).days + 1)]
    return 200, {}, said(*((day.isoformat(), 300.5) for day in days))


@contextmanager
def opened(answer: Callable[[str], Answer]) -> Iterator[str]:
    """A bank that answers each path with ``answer(path)``; yields its address."""

    class Bank(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, content = answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bank)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/api/cenyzlota"
    finally:
        server.shutdown()
        server.server_close()
