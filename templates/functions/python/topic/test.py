import json
import logging
import unittest
from pathlib import Path

from gear_name.handler import handler

EVENT = json.loads((Path(__file__).parent.parent / "events/gear-name.json").read_text())
RECORD = EVENT["Records"][0]


class GearName(unittest.TestCase):
    def setUp(self) -> None:
        logging.disable(logging.CRITICAL)

    def test_takes_a_message(self) -> None:
        self.assertIsNone(handler(EVENT, None))

    def test_fails_when_it_cannot_read_a_message_so_that_lambda_tries_again(self) -> None:
        for message in ("{", "17"):
            with self.subTest(message=message), self.assertRaises(ValueError):
                handler({"Records": [{**RECORD, "Sns": {**RECORD["Sns"], "Message": message}}]}, None)
