import json
import logging
import unittest
from pathlib import Path
from types import SimpleNamespace

from gear_name.handler import handler

EVENT = json.loads((Path(__file__).parent.parent / "events/gear-name.json").read_text())
CONTEXT = SimpleNamespace(aws_request_id="request")


class GearName(unittest.TestCase):
    def setUp(self) -> None:
        logging.disable(logging.CRITICAL)

    def test_answers_a_request(self) -> None:
        self.assertEqual(handler(EVENT, CONTEXT), {"greeting": "Hello Ada"})

    def test_refuses_a_request_without_a_name(self) -> None:
        for event in ({}, {"name": ""}, {"name": 1}):
            with self.subTest(event=event), self.assertRaisesRegex(ValueError, "no name"):
                handler(event, CONTEXT)
