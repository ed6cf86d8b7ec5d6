import json
import logging
import unittest
from pathlib import Path

from gear_name.handler import handler

EVENT = json.loads((Path(__file__).parent.parent / "events/gear-name.json").read_text())
MESSAGE = EVENT["Records"][0]


class GearName(unittest.TestCase):
    def setUp(self) -> None:
        logging.disable(logging.CRITICAL)

    def test_takes_a_message(self) -> None:
        self.assertEqual(handler(EVENT, None), {"batchItemFailures": []})

    def test_leaves_in_the_queue_what_it_cannot_read_and_nothing_else(self) -> None:
        for body in ("{", "17"):
            with self.subTest(body=body):
                broken = {**MESSAGE, "messageId": "broken", "body": body}
                answer = handler({"Records": [broken, MESSAGE]}, None)
                self.assertEqual(answer, {"batchItemFailures": [{"itemIdentifier": "broken"}]})
