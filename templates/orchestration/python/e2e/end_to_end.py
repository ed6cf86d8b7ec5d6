"""The deployed service, where `tests/` has its parts: `python3 -m unittest e2e.end_to_end`."""

import base64
import hashlib
import hmac
import json
import time
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from unittest import TestCase

from e2e.local_service import LocalService
from legacy.stand_in import LegacySystem


class Requests(TestCase):
    """In the order of the tests' names: the last one asks what all of them have needed."""

    @classmethod
    def setUpClass(cls) -> None:
        legacy = ThreadingHTTPServer(("127.0.0.1", 0), LegacySystem)
        cls.addClassCleanup(legacy.server_close)
        Thread(target=legacy.serve_forever, daemon=True).start()
        cls.addClassCleanup(legacy.shutdown)
        cls.service = LocalService(LegacyUrl=f"http://127.0.0.1:{legacy.server_port}")
        cls.addClassCleanup(cls.service.remove)
        secrets = cls.service.client("secretsmanager")
        key = secrets.get_secret_value(SecretId=cls.service.outputs["SigningKeyArn"])["SecretString"]
        cls.token = signed(key)
        # The first request of all starts the function.
        cls.service.until(lambda: cls.post("", signed("another key"))[0], lambda status: status < 500)

    def test_lets_in_nobody_without_a_token_of_its_own(self) -> None:
        self.assertEqual(self.post("", signed("another key"))[0], 401)

    def test_accepts_a_request_and_tells_in_the_end_what_the_legacy_system_answered(self) -> None:
        state = self.ended(self.accepted(), "DONE")
        self.assertEqual(state["attempts"], 1)
        self.assertRegex(state["result"]["reference"], "^L-")

    def test_fails_at_once_what_the_legacy_system_refuses(self) -> None:
        state = self.ended(self.accepted("reject"), "FAILED")
        self.assertEqual((state["attempts"], state["cause"]["name"]), (1, "Rejected"))

    def test_tries_again_what_may_still_pass(self) -> None:
        self.assertRegex(self.ended(self.accepted("twice"), "DONE")["result"]["reference"], "^L-")

    def test_puts_aside_what_never_goes_through_with_its_cause_and_the_whole_record(self) -> None:
        request = self.accepted("down")
        self.assertEqual(self.ended(request, "FAILED")["cause"]["name"], "Unavailable")
        table = self.service.table(self.service.outputs["QuarantineTableName"])
        [kept] = self.service.until(lambda: table.scan(ConsistentRead=True)["Items"], lambda items: len(items) > 0)
        self.assertEqual((kept["requestId"], kept["cause"]["name"]), (request, "Unavailable"))
        self.assertTrue(kept["record"])

    def test_z_needs_every_permission_that_its_roles_grant_and_no_other(self) -> None:
        self.assertEqual(self.service.permissions(), {"denied": [], "unused": []})

    @classmethod
    def post(cls, note: str, token: str) -> tuple[int, dict[str, Any]]:
        order = {"customer": "ACME-1", "product": "sim-card", "quantity": 2, **({"note": note} if note else {})}
        return ask(f"{cls.service.outputs['ApiUrl']}/requests", token, json.dumps(order).encode())

    def accepted(self, note: str = "") -> str:
        """The id of a request about which the legacy system finds `note`."""
        status, answer = self.post(note, self.token)
        self.assertEqual(status, 202)
        return answer["requestId"]

    def ended(self, request: str, wanted: str) -> dict[str, Any]:
        """What the request's state tells, once it has the status."""

        def state() -> dict[str, Any]:
            _, answer = ask(f"{self.service.outputs['ApiUrl']}/requests/{request}", self.token)
            # Between two attempts it waits; those who look on do not.
            if answer.get("status") != wanted:
                self.service.forward("+2s")
            return answer

        return self.service.until(state, lambda answer: answer.get("status") == wanted)


def ask(url: str, token: str, body: bytes | None = None) -> tuple[int, dict[str, Any]]:
    try:
        answer = urlopen(Request(url, body, {"authorization": f"Bearer {token}", "content-type": "application/json"}))
    except HTTPError as error:
        answer = error
    with answer:
        return answer.status, json.load(answer)


def signed(key: str) -> str:
    """A token that is good for an hour, when the key is the service's."""
    claims = {"sub": "client-1", "aud": "gear-service-name", "exp": int(time.time()) + 3600}
    text = f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}"
    return f"{text}.{encoded(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest())}"


def part(value: dict[str, Any]) -> str:
    return encoded(json.dumps(value).encode())


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
