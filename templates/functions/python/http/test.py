import json
import logging
import unittest
from pathlib import Path

from gear_name.handler import handler

EVENT = json.loads((Path(__file__).parent.parent / "events/gear-name.json").read_text())


class GearName(unittest.TestCase):
    def setUp(self) -> None:
        logging.disable(logging.CRITICAL)

    def test_answers_a_request_with_the_correlation_id_of_its_caller(self) -> None:
        answer = handler({**EVENT, "headers": {"x-correlation-id": "checkout-4711"}}, None)
        self.assertEqual((answer["statusCode"], json.loads(answer["body"])), (200, {"greeting": "Hello Ada"}))
        self.assertEqual(answer["headers"]["x-correlation-id"], "checkout-4711")

    def test_takes_the_request_id_where_the_caller_gave_none_that_can_stand_in_a_header(self) -> None:
        for headers in ({}, {"x-correlation-id": "a\nb"}):
            with self.subTest(headers=headers):
                answer = handler({**EVENT, "headers": headers}, None)
                self.assertEqual(answer["headers"]["x-correlation-id"], EVENT["requestContext"]["requestId"])

    def test_refuses_a_body_without_a_name(self) -> None:
        for body in (None, "{", "null", '{"name": 1}', '{"name": ""}'):
            with self.subTest(body=body):
                self.assertEqual(handler({**EVENT, "body": body}, None)["statusCode"], 400)

    def test_refuses_a_body_that_is_not_in_base64_though_it_says_so(self) -> None:
        self.assertEqual(handler({**EVENT, "body": "!", "isBase64Encoded": True}, None)["statusCode"], 400)
