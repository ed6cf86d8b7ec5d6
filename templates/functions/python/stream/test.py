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

    def test_takes_a_record(self) -> None:
        self.assertEqual(handler(EVENT, None), {"batchItemFailures": []})

    def test_stops_at_the_record_that_fails(self) -> None:
        broken = {**RECORD, "dynamodb": {"SequenceNumber": "7"}}
        answer = handler({"Records": [RECORD, broken, RECORD]}, None)
        self.assertEqual(answer, {"batchItemFailures": [{"itemIdentifier": "7"}]})
