import json
import threading
import time
import unittest
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from lib.failure import Rejected, Unavailable
from lib.request_row import QueuedRequest
from lib.secret import CachedSecret
from process.circuit_breaker import CircuitBreaker
from process.legacy_system import LegacySystem
from process.process_request import LeftInQueue, Processing, process_request
from process.request_table import InOtherHands
from process.transform import LegacyOrder, transform
from tests.requests import ORDER, Secrets, Silent, counted, metrics

REQUEST = QueuedRequest("request-1", "c", int(time.time()) + 60, {"ciphertext": ""})
OPENED = "opened for gear-service-name request-1"


class Process(unittest.TestCase):
    def setUp(self) -> None:
        self.calls: list[str] = []
        self.answer: Any = "claimed"
        self.placed: list[LegacyOrder] = []
        self.failure: Exception | None = None
        self.metrics = metrics()

    # The table of requests.

    def claim(self, *_: str) -> Any:
        return self.answer

    def release(self, _: str, owner: str, cause: dict[str, str]) -> None:
        self.calls.append(f"released by {owner}: {cause['name']}")

    def end(self, _: str, status: str, **__: Any) -> None:
        self.calls.append(status)

    def open(self, _: Any, context: dict[str, str]) -> bytes:
        self.calls.append(f"opened for {context['service']} {context['requestId']}")
        return json.dumps(ORDER).encode()

    def place_order(self, order: LegacyOrder, _: str) -> dict[str, Any]:
        self.placed.append(order)
        if self.failure is not None:
            raise self.failure
        return {"reference": "L-1"}

    def process(self, request: QueuedRequest = REQUEST) -> None:
        processing = Processing("gear-service-name", self, self.open, self.place_order, Silent(), self.metrics)
        process_request(request, "me", processing)

    def test_opens_the_order_and_places_it_in_the_words_of_the_legacy_system(self) -> None:
        self.process()
        order = {"CUST_NO": "ACME-1", "PROD_CD": "SIM-CARD", "QTY": 2, "REMARK": "", "EXT_REF": "request-1"}
        self.assertEqual((self.placed, self.calls), ([order], [OPENED, "DONE"]))
        self.assertEqual(counted(self.metrics), {"RequestsDone": 1})

    def test_does_not_process_what_waited_too_long(self) -> None:
        self.process(QueuedRequest("request-1", "c", 1, {"ciphertext": ""}))
        self.assertEqual(self.calls, ["EXPIRED"])

    def test_does_nothing_for_a_request_that_is_at_its_end(self) -> None:
        self.answer = "ended"
        self.process()
        self.assertEqual(self.calls, [])

    def test_leaves_a_request_that_another_invocation_has_in_hand_in_the_queue(self) -> None:
        self.answer = InOtherHands(until=99)
        with self.assertRaisesRegex(LeftInQueue, "Another invocation is working on request-1") as raised:
            self.process()
        self.assertEqual((self.calls, raised.exception.until), ([], 99))

    def test_ends_a_request_that_the_legacy_system_refuses(self) -> None:
        self.failure = Rejected("no such product")
        self.process()
        self.assertEqual(self.calls, [OPENED, "FAILED"])

    def test_lets_go_of_a_request_that_may_succeed_later_and_leaves_it_in_the_queue(self) -> None:
        self.failure = Unavailable("down")
        with self.assertRaisesRegex(LeftInQueue, "down"):
            self.process()
        self.assertEqual(self.calls, [OPENED, "released by me: Unavailable"])
        self.assertEqual(counted(self.metrics), {"AttemptsFailed": 1})


class Breaker(unittest.TestCase):
    def setUp(self) -> None:
        self.now = 0.0
        self.breaker = CircuitBreaker(failures=2, open_seconds=1, now=lambda: self.now)

    def refused(self, request_id: str, failure: Exception) -> None:
        def fail() -> None:
            raise failure

        with self.assertRaisesRegex(type(failure), str(failure)):
            self.breaker.call(request_id, fail)

    def open(self, request_id: str, work: Callable[[], str] = lambda: "up") -> None:
        with self.assertRaisesRegex(Unavailable, "The circuit is open"):
            self.breaker.call(request_id, work)

    def test_opens_when_different_requests_fail_in_a_row_and_lets_one_through_after_a_while(self) -> None:
        self.refused("a", Unavailable("down"))
        self.refused("b", Unavailable("down"))
        self.open("c")
        self.now += 1

        def probe() -> str:
            self.open("d")
            return "up"

        self.assertEqual(self.breaker.call("c", probe), "up")
        self.assertEqual(self.breaker.call("d", lambda: "up"), "up")

    def test_stays_open_when_the_one_that_was_let_through_fails(self) -> None:
        for request_id in ("a", "b"):
            self.refused(request_id, Unavailable("down"))
        self.now += 1
        self.refused("c", Unavailable("down"))
        self.open("d")

    def test_closes_when_the_one_that_was_let_through_is_refused_for_itself(self) -> None:
        for request_id in ("a", "b"):
            self.refused(request_id, Unavailable("down"))
        self.now += 1
        self.refused("c", Rejected("no"))
        self.assertEqual(self.breaker.call("d", lambda: "up"), "up")

    def test_stays_closed_when_one_request_fails_again_and_again_or_is_refused(self) -> None:
        for _ in range(5):
            self.refused("bad", Unavailable("down"))
        for request_id in ("a", "b"):
            self.refused(request_id, Rejected("no"))
        self.assertEqual(self.breaker.call("good", lambda: "up"), "up")


class Legacy(unittest.TestCase):
    """The call itself, over the loopback."""

    def setUp(self) -> None:
        test = self
        self.requests: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.status, self.body, self.pause = 200, b'{"reference": "L-1"}', 0.0

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                order = json.loads(self.rfile.read(int(self.headers["content-length"])))
                test.requests.append(({name.lower(): value for name, value in self.headers.items()}, order))
                self.send_response(test.status)
                self.end_headers()
                # A byte and a pause, again and again: the connection is never silent for long.
                with suppress(ConnectionError):
                    for byte in test.body:
                        self.wfile.write(bytes([byte]))
                        test.stop.wait(test.pause)

            def log_message(self, *_: Any) -> None:
                """Says nothing of requests."""

        self.stop = threading.Event()
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        login = json.dumps({"username": "me", "password": "secret"})
        self.system = LegacySystem(
            f"http://127.0.0.1:{self.server.server_port}/orders", CachedSecret(Secrets(login), "s", 300), 5
        )

    def tearDown(self) -> None:
        self.stop.set()
        self.server.shutdown()
        self.server.server_close()

    def place(self) -> dict[str, Any]:
        return self.system.place_order(transform(ORDER, "request-1"), "trace-1")

    def test_places_the_order_under_its_reference(self) -> None:
        self.assertEqual(self.place(), {"reference": "L-1"})
        ((headers, order),) = self.requests
        self.assertEqual(order, transform(ORDER, "request-1"))
        self.assertEqual(headers["authorization"], "Basic bWU6c2VjcmV0")
        self.assertEqual((headers["idempotency-key"], headers["x-correlation-id"]), ("request-1", "trace-1"))

    def test_tells_a_refusal_from_what_may_pass(self) -> None:
        self.body = b"no"
        for status in (400, 404, 409, 422):
            self.status = status
            with self.subTest(status), self.assertRaisesRegex(Rejected, f"^The legacy system answers {status}: no$"):
                self.place()
        for status in (401, 403, 408, 425, 429, 500, 503):
            self.status = status
            # A 401 or 403 has them read again.
            login = CachedSecret(Secrets('{"username": "u", "password": "p"}'), "s", 300)
            self.system = LegacySystem(self.system.url, login, 5)
            with self.subTest(status), self.assertRaisesRegex(Unavailable, f"^The legacy system answers {status}: no$"):
                self.place()

    def test_reads_the_credentials_again_when_they_are_not_taken(self) -> None:
        logins = [f'{{"username": "me", "password": "{password}"}}' for password in ("old", "new")]
        self.system = LegacySystem(self.system.url, CachedSecret(Secrets(*logins), "s", 300), 5)
        self.status = 401
        with self.assertRaises(Unavailable):
            self.place()
        self.status = 200
        self.place()
        self.place()
        basic = [headers["authorization"] for headers, _ in self.requests]
        self.assertEqual(basic, ["Basic bWU6b2xk", "Basic bWU6bmV3", "Basic bWU6bmV3"])

    def test_does_not_take_for_an_answer_what_is_none(self) -> None:
        for body in (b"", b"fine", b"[]", b"null"):
            self.body = body
            with self.subTest(body), self.assertRaisesRegex(Unavailable, "is not a JSON object"):
                self.place()

    def test_gives_up_on_a_system_that_trickles(self) -> None:
        self.body, self.pause = b" " * 50, 0.02
        self.system = LegacySystem(self.system.url, self.system.credentials, 0.1)
        with self.assertRaisesRegex(Unavailable, "does not answer"):
            self.place()

    def test_says_why_nobody_answers(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        with self.assertRaises(Unavailable) as raised:
            self.place()
        self.assertIsInstance(raised.exception.__cause__, ConnectionRefusedError)
