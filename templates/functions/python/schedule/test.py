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

    def test_runs_when_it_is_due(self) -> None:
        self.assertIsNone(handler(EVENT, CONTEXT))

    def test_fails_when_it_is_not_told_for_when_it_runs(self) -> None:
        for event in ({}, {"scheduledAt": "soon"}):
            with self.subTest(event=event), self.assertRaisesRegex(ValueError, "no time"):
                handler(event, CONTEXT)
