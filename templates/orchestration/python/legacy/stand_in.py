"""What stands in for the legacy system on a developer's machine: `python3 legacy/stand_in.py`.

The default of LegacyUrl is here. An order with the remark "reject" is refused, one with "down" is never answered well,
and "twice" fails two times.
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = 8099
seen: dict[str, int] = {}


class LegacySystem(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        order = json.loads(self.rfile.read(int(self.headers["content-length"])) or "{}")
        reference, remark = order.get("EXT_REF", ""), order.get("REMARK", "")
        times = seen[reference] = seen.get(reference, 0) + 1
        unavailable = remark == "down" or (remark == "twice" and times <= 2)
        status = 422 if remark == "reject" else 503 if unavailable else 200
        print(status, self.headers["x-correlation-id"], reference, f"({times})", flush=True)
        answer = {"reference": f"L-{reference[:8]}"} if status == 200 else {"error": remark}
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        """One line per order is enough."""


if __name__ == "__main__":
    print(f"The legacy system's stand-in listens on http://127.0.0.1:{PORT}", flush=True)
    ThreadingHTTPServer(("127.0.0.1", PORT), LegacySystem).serve_forever()
