import base64
import json
import unittest
from typing import Any

from accept.accept_request import Acceptance, accept_request
from accept.save_request import SavedRequest
from lib.envelope import EncryptionContext, Envelope
from lib.request_row import RequestRow
from tests.requests import ORDER, Silent, api_event, counted, metrics, read_event, sign, signing_key


class Accept(unittest.TestCase):
    def setUp(self) -> None:
        self.rows: dict[str, RequestRow] = {}
        self.sealed: list[tuple[bytes, EncryptionContext]] = []
        self.metrics = metrics()
        self.acceptance = Acceptance(
            signing_key=signing_key(),
            audience="gear-service-name",
            service="gear-service-name",
            time_to_live_seconds=3600,
            seal=self.seal,
            submit=self.submit,
            logger=Silent(),
            metrics=self.metrics,
        )

    def seal(self, payload: bytes, context: EncryptionContext) -> Envelope:
        self.sealed.append((payload, context))
        return {"ciphertext": "c"}

    def submit(self, row: RequestRow, _: Envelope) -> SavedRequest | None:
        before = self.rows.setdefault(row["requestId"], row)
        return None if before is row else SavedRequest(before["status"], before["fingerprint"])

    def accept(self, **event: Any) -> dict[str, Any]:
        return accept_request(api_event(**event), self.acceptance)

    def test_saves_a_request_sealed_under_its_own_id_and_answers_at_once_where_to_ask_for_it(self) -> None:
        event = read_event("accept")
        event["headers"]["authorization"] = sign()
        answer = accept_request(event, self.acceptance)
        (row,) = self.rows.values()
        self.assertEqual((row["status"], row["subject"], row["attempts"]), ("PENDING", "client-1", 0))
        self.assertEqual(row["correlationId"], "web-7f3a")
        self.assertEqual(answer["statusCode"], 202)
        self.assertEqual(json.loads(answer["body"]), {"requestId": row["requestId"], "status": "PENDING"})
        self.assertEqual(answer["headers"]["location"], f"/requests/{row['requestId']}")
        self.assertEqual(answer["headers"]["x-correlation-id"], "web-7f3a")
        context = {"service": "gear-service-name", "requestId": row["requestId"]}
        self.assertEqual(self.sealed, [(event["body"].encode(), context)])
        self.assertEqual(counted(self.metrics), {"RequestsAccepted": 1})

    def test_refuses_what_is_wrong_and_saves_nothing(self) -> None:
        def body(**changes: Any) -> dict[str, str]:
            return {"body": json.dumps({**ORDER, **changes})}

        for status, what, event in [
            (401, "an unsigned request", {"headers": {"authorization": ""}}),
            (401, "an expired token", {"headers": {"authorization": sign(exp=1)}}),
            (400, "no body", {"body": None}),
            (400, "an empty body", {"body": ""}),
            (400, "a body that is not JSON", {"body": '{"customer"'}),
            (400, "a body that only Python takes for JSON", {"body": '{"quantity": NaN}'}),
            (400, "a body that is no text", {"body": "//79", "isBase64Encoded": True}),
            (400, "a body nested without end", {"body": "[" * 4096}),
            (400, "a list", {"body": "[]"}),
            (400, "a missing member", {"body": '{"customer": "ACME-1", "product": "sim-card"}'}),
            (400, "a member too many", body(admin=True)),
            (400, "a wrong type", body(quantity="2")),
            (400, "a truth value for a number", body(quantity=True)),
            (400, "a fraction", body(quantity=1.5)),
            (400, "a line feed behind a name", body(customer="ACME-1\n")),
            (400, "a note too long", body(note="x" * 501)),
            (400, "a broken idempotency key", {"headers": {"idempotency-key": "a b"}}),
            (413, "a body that KMS would not take", {"body": json.dumps(ORDER) + " " * 4096}),
        ]:
            with self.subTest(what):
                self.assertEqual(self.accept(**event)["statusCode"], status)
                self.assertEqual((self.rows, self.sealed), ({}, []))

    def test_says_all_that_is_wrong_with_an_order(self) -> None:
        answer = self.accept(body=json.dumps({**ORDER, "quantity": 0, "colour": "red"}))
        problems = ['"colour" is not known', "quantity is not a whole number from 1 to 1000"]
        self.assertEqual(json.loads(answer["body"]), {"error": "BadRequest", "problems": problems})
        self.assertEqual(counted(self.metrics), {"RequestsRefused": 1})

    def test_takes_a_repetition_for_what_it_is_and_another_payload_under_the_same_key_for_a_conflict(self) -> None:
        headers = {"idempotency-key": "once"}
        first = self.accept(headers=headers)
        self.assertEqual(self.accept(headers=headers), first)
        other = json.dumps({**ORDER, "quantity": 3})
        self.assertEqual(self.accept(headers=headers, body=other)["statusCode"], 409)
        self.assertEqual(self.accept(headers={**headers, "authorization": sign(sub="client-2")})["statusCode"], 202)
        self.assertEqual(len(self.rows), 2)

    def test_reads_a_body_that_comes_in_base64_and_takes_no_strange_correlation_id(self) -> None:
        body = base64.b64encode(json.dumps(ORDER).encode()).decode()
        self.accept(body=body, isBase64Encoded=True, headers={"x-correlation-id": "a\nb"})
        (row,) = self.rows.values()
        self.assertEqual(row["correlationId"], "api-request")

    def test_seals_no_more_bytes_than_came_whatever_the_characters(self) -> None:
        for note in ("😀" * 500, "\\ud83d\\ude00" * 500, '\\"' * 500, "\\u0001" * 500, "\\ud800" * 500):
            body = json.dumps(ORDER)[:-1] + f', "note": "{note}"' + "}"
            with self.subTest(note[:8]):
                answer = self.accept(body=body)
                if answer["statusCode"] == 202:
                    self.assertLessEqual(len(self.sealed[-1][0]), len(body.encode()))
                else:
                    self.assertGreater(len(body.encode()), 4096)
