"""A council's own site beside ours: another port, and two names of which we allow one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDPRESS = """<script>
// as WordPress's wp-embed.js does
addEventListener('message', (e) => {
  const data = e.data;
  if (!data || !(data.secret || data.message || data.value)) return;
  if (/[^a-zA-Z0-9]/.test(data.secret)) return;
  const quotes = document.querySelectorAll('blockquote[data-secret="' + data.secret + '"]');
  for (const quote of quotes) quote.style.display = 'none';
  for (const source of document.querySelectorAll('iframe[data-secret="' + data.secret + '"]')) {
    if (e.source !== source.contentWindow) continue;
    source.removeAttribute('style');
    if (data.message === 'height') {
      let height = parseInt(data.value, 10);
      if (height > 1000) height = 1000; else if (~~height < 200) height = 200;
      source.height = height;
    } else if (data.message === 'link') {
      const there = new URL(data.value), here = new URL(source.getAttribute('src'));
      if (!/^https?:$/i.test(there.protocol) || there.host !== here.host) continue;
      if (document.activeElement === source) top.location.href = data.value;
    }
  }
});
addEventListener('load', () => {
  for (const source of document.querySelectorAll('iframe.wp-embedded-content')) {
    source.contentWindow.postMessage({message: 'ready', secret: source.dataset.secret}, '*');
  }
});
</script>"""


@dataclass
class Council:
    """Pages by their path, served under both names."""

    port: int = 0
    pages: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def allowed(self) -> str:
        """The origin that may show our widgets."""
        return f"http://localhost:{self.port}"

    @property
    def refused(self) -> str:
        """The one that may not."""
        return f"http://127.0.0.1:{self.port}"

    def put(self, path: str, body: str, *, cookie: str = "") -> str:
        """Serve a page, which sets a cookie if one is given; gives its path."""
        self.cookies[path] = cookie
        self.pages[path] = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Parks</title>'
            '<meta name="viewport" content="width=device-width"></head>'
            f"<body><h1>Parks</h1>{body}</body></html>"
        )
        return path


@contextmanager
def council() -> Iterator[Council]:
    """Serve it inside the block."""
    made = Council()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = made.pages.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if made.cookies.get(self.path):
                self.send_header("Set-Cookie", made.cookies[self.path])
            self.end_headers()
            self.wfile.write((body or "").encode())

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    made.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
