import json
import time
import unittest
from decimal import Decimal
from typing import Any

from status.answer_status import StatusDesk, answer_status
from tests.requests import Silent, api_event, sign, signing_key

ID = "a" * 32
# As it comes from DynamoDB.
ROW: dict[str, Any] = {
    "requestId": ID,
    "status": "PENDING",
    "subject": "client-1",
    "fingerprint": "f",
    "correlationId": "c",
    "createdAt": "2026-11-21T09:30:00.000Z",
    "updatedAt": "2026-11-21T09:30:00.000Z",
    "expiresAt": Decimal(int(time.time()) + 60),
    "attempts": Decimal(1),
}
CAUSE = {"name": "Unavailable", "message": "down"}


def ask(found: Any, authorization: str | None = None, asked: str = ID) -> dict[str, Any]:
    event = api_event(headers={"authorization": authorization or sign()}, pathParameters={"id": asked})
    desk = StatusDesk(signing_key(), "gear-service-name", lambda id: found if id == ID else None, Silent())
    answer = answer_status(event, desk)
    return {"statusCode": answer["statusCode"], **json.loads(answer["body"])}


class Status(unittest.TestCase):
    def test_tells_where_a_request_stands(self) -> None:
        result = {"reference": "L-1", "price": Decimal("9.5")}
        for what, found, expected in [
            ("one that waits", ROW, {"statusCode": 200, "status": "PENDING", "attempts": 1}),
            ("one that waited too long", {**ROW, "expiresAt": Decimal(1)}, {"statusCode": 200, "status": "EXPIRED"}),
            (
                "one that is done",
                {**ROW, "status": "DONE", "expiresAt": Decimal(1), "result": result},
                {"status": "DONE", "result": {"reference": "L-1", "price": 9.5}},
            ),
            ("one that failed", {**ROW, "status": "FAILED", "cause": CAUSE}, {"status": "FAILED", "cause": CAUSE}),
            ("none", None, {"statusCode": 404, "error": "NotFound"}),
            ("somebody else's", {**ROW, "subject": "client-2"}, {"statusCode": 404, "error": "NotFound"}),
        ]:
            with self.subTest(what):
                answer = ask(found)
                self.assertEqual({name: answer.get(name) for name in expected}, expected)

    def test_asks_who_is_asking_and_for_an_id_that_can_be_one(self) -> None:
        self.assertEqual(ask(ROW, sign(exp=1))["statusCode"], 401)
        self.assertEqual(ask(ROW, asked="../secrets")["statusCode"], 404)

    def test_keeps_the_cause_of_an_attempt_to_itself_while_another_may_follow(self) -> None:
        self.assertNotIn("cause", ask({**ROW, "status": "PROCESSING", "cause": CAUSE}))
