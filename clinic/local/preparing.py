"""The page people see while Backlight starts. It answers at once on the port the web server takes over later."""

from __future__ import annotations

import html
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="1">
<title>Backlight is starting</title>
<style>
  body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f4f6f5; color: #1d2b2a;
         font: 1.125rem/1.5 "Noto Sans", system-ui, sans-serif; }}
  main {{ max-width: 32rem; padding: 2rem; margin: 1rem; background: #fff; border-block-start: 6px solid #0f6b66;
         border-radius: 8px; box-shadow: 0 1px 3px #1d2b2a33; }}
  h1 {{ margin-block: 0 .5rem; font-size: 1.5rem; }}
  p {{ margin-block: 0 1rem; }}
  progress {{ inline-size: 100%; block-size: 1rem; accent-color: #0f6b66; }}
  small {{ color: #4a5a58; }}
</style>
</head>
<body>
<main>
<h1>Backlight is preparing, step {step} of {steps}</h1>
<p>{doing}</p>
<progress max="{steps}" value="{step}">step {step} of {steps}</progress>
<p><small>This page renews itself and opens Backlight when it is ready.</small></p>
</main>
</body>
</html>
"""


class Preparing:
    """Answers every request on a listening socket with the step we are at, until `hand_over`."""

    def __init__(self, listening: socket.socket, steps: int) -> None:
        self.steps, self.step, self.doing = steps, 1, ""
        # Web server and this page listen side by side for a moment: neither may block on a visitor the other has taken.
        listening.settimeout(0)
        self.server = ThreadingHTTPServer(listening.getsockname()[:2], self._handler(), bind_and_activate=False)
        self.server.socket.close()
        self.server.socket = listening
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self.thread.start()

    def at(self, step: int, doing: str) -> None:
        """Say which step is being done."""
        self.step, self.doing = step, doing

    def hand_over(self) -> None:
        """Stop answering; the socket stays open, so that no visitor is turned away."""
        self.server.shutdown()
        self.thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        preparing = self

        class Page(BaseHTTPRequestHandler):
            timeout = 5

            def answer(self) -> None:
                page = PAGE.format(step=preparing.step, steps=preparing.steps, doing=html.escape(preparing.doing))
                body = page.encode()
                self.send_response(503, "Preparing")
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.send_header("Retry-After", "1")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer  # noqa: N815

            def log_message(self, *_args: object) -> None:
                """Say nothing: addresses of visitors belong in no log."""

        return Page
