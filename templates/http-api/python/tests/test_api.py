import base64
import json
import unittest
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError
from tests.fake_dynamodb import dynamodb

from api.handler import handler

EVENTS = Path(__file__).parent.parent / "events"
PUT = json.loads((EVENTS / "put-order.json").read_text())
GET = json.loads((EVENTS / "get-order.json").read_text())
ORDER = {"id": "order-17", "customer": "Ada", "lines": [{"sku": "tea", "quantity": 2}]}

TEXT = "must be a text of 1 to 200 characters"
WHOLE = "must be a whole number of at least 1"


def ask(event: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
    response = dynamodb.invoke(handler, event)
    return response["statusCode"], response["headers"], json.loads(response["body"])


def putting(body: Any) -> tuple[int, dict[str, str], Any]:
    return ask({**PUT, "body": body if isinstance(body, str) else json.dumps({**ORDER, **body})})


class Api(unittest.TestCase):
    def setUp(self) -> None:
        dynamodb.reset()

    def test_puts_an_order_and_gives_it_back(self) -> None:
        status, headers, body = ask(PUT)
        self.assertEqual((status, headers["x-correlation-id"], body), (201, "checkout-4711", ORDER))
        self.assertEqual(ask(GET)[::2], (200, ORDER))
        self.assertEqual(dynamodb.rows()["order-17"]["correlationId"], "checkout-4711")

    def test_answers_200_to_the_same_request_again(self) -> None:
        ask(PUT)
        self.assertEqual(ask(PUT)[::2], (200, ORDER))

    def test_takes_a_body_in_base64(self) -> None:
        body = base64.b64encode(PUT["body"].encode()).decode()
        self.assertEqual(ask({**PUT, "body": body, "isBase64Encoded": True})[::2], (201, ORDER))

    def test_keeps_only_what_it_knows_of_a_body(self) -> None:
        self.assertEqual(putting({"secret": "x"})[2], ORDER)
        self.assertNotIn("secret", dynamodb.rows()["order-17"])

    def test_answers_404_when_there_is_no_such_order(self) -> None:
        status, headers, body = ask(GET)
        self.assertEqual((status, headers["content-type"]), (404, "application/problem+json"))
        self.assertEqual(body, {"title": "No such order", "status": 404, "correlationId": "checkout-4711"})

    def test_refuses_a_body_that_is_no_order_and_names_every_problem(self) -> None:
        cases: list[tuple[Any, list[str]]] = [
            ("hello", ["the body must be a JSON object"]),
            ({"customer": ""}, [f"customer {TEXT}"]),
            ({"lines": []}, ["lines must be a list of 1 to 100"]),
            ({"customer": 1, "lines": "tea"}, [f"customer {TEXT}", "lines must be a list of 1 to 100"]),
            ({"lines": [{"sku": "tea", "quantity": True}]}, [f"lines[0].quantity {WHOLE}"]),
            (
                {"lines": [None, {"sku": "tea", "quantity": 1.5}]},
                [f"lines[0].sku {TEXT}", f"lines[0].quantity {WHOLE}", f"lines[1].quantity {WHOLE}"],
            ),
        ]
        for body, problems in cases:
            with self.subTest(body=body):
                status, _, answered = putting(body)
                self.assertEqual((status, answered["title"], answered["problems"]), (400, "Not an order", problems))
                self.assertEqual(dynamodb.rows(), {})

    def test_refuses_an_id_that_it_would_not_give_back(self) -> None:
        _, _, body = ask({**PUT, "pathParameters": {"id": "a b"}})
        self.assertEqual(body["problems"], ["the id in the path must be 1 to 64 letters, digits, _ or -"])

    def test_takes_the_request_id_where_the_correlation_id_could_not_stand_in_a_log_line(self) -> None:
        _, headers, _ = ask({**PUT, "headers": {"x-correlation-id": "a\nb"}})
        self.assertEqual(headers["x-correlation-id"], "JKJaXmPLvHcESHA=")

    def test_raises_what_it_is_denied_so_that_the_api_answers_500(self) -> None:
        dynamodb.denied.add("PutItem")
        with self.assertRaisesRegex(ClientError, "not authorized to perform: dynamodb:PutItem"):
            ask(PUT)
