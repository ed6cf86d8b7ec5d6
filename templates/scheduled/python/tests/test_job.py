import json
import unittest
from pathlib import Path

from botocore.exceptions import ClientError
from tests.fake_dynamodb import dynamodb

from job.handler import handler

EVENT = json.loads((Path(__file__).parent.parent / "events/job.json").read_text())


def run_at(time: str) -> None:
    dynamodb.invoke(handler, {**EVENT, "scheduledTime": time})


class Job(unittest.TestCase):
    def setUp(self) -> None:
        dynamodb.reset()

    def test_covers_an_hour_the_first_time_and_remembers_the_run(self) -> None:
        dynamodb.invoke(handler, EVENT)
        row = dynamodb.rows()["last-run"]
        self.assertEqual((row["from"], row["scheduledTime"]), ("2026-11-21T09:00:00.000Z", "2026-11-21T10:00:00.000Z"))
        self.assertEqual((row["correlationId"], row["result"]["minutes"]), ("d32c5kddcf5bb8c3", 60))
        self.assertEqual(dynamodb.metrics["RunsFinished"], [1])

    def test_begins_where_the_last_run_ended_also_when_runs_between_were_lost(self) -> None:
        dynamodb.invoke(handler, EVENT)
        run_at("2026-11-21T13:00:00Z")
        row = dynamodb.rows()["last-run"]
        self.assertEqual((row["from"], row["result"]["minutes"]), ("2026-11-21T10:00:00.000Z", 180))

    def test_skips_a_run_whose_time_is_covered(self) -> None:
        dynamodb.invoke(handler, EVENT)
        before = dynamodb.rows()
        run_at("2026-11-21T10:00:00Z")
        run_at("2026-11-21T09:00:00Z")
        self.assertEqual(dynamodb.rows(), before)

    def test_raises_without_a_time_so_that_it_is_tried_again_and_reported(self) -> None:
        for event in ({}, {"scheduledTime": "soon"}, {"scheduledTime": 17}):
            with self.subTest(event), self.assertRaisesRegex(ValueError, "has no scheduledTime"):
                dynamodb.invoke(handler, event)
        self.assertEqual(dynamodb.rows(), {})

    def test_raises_what_it_is_denied(self) -> None:
        dynamodb.denied.add("PutItem")
        with self.assertRaisesRegex(ClientError, "not authorized to perform: dynamodb:PutItem"):
            dynamodb.invoke(handler, EVENT)
