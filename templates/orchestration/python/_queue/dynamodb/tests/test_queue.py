import json
import unittest
from decimal import Decimal
from typing import Any

from lib.request_row import QueuedRequest, as_item
from lib.stream_record import Unreadable, read_record
from quarantine.quarantine_failure import Quarantine, quarantine_failure
from tests.requests import Silent, counted, metrics, read_event

(RECORD,) = read_event("process")["Records"]
(MESSAGE,) = read_event("quarantine")["Records"]
REQUEST_ID = "5f0c2f0e-6a54-4f7e-9a0b-0a4a5d2f9c11"
CAUSE = {"name": "Unavailable", "message": "down"}


class Record(unittest.TestCase):
    def test_of_a_new_row_is_a_request(self) -> None:
        request = QueuedRequest(REQUEST_ID, "web-7f3a", 1795257000, {"ciphertext": "3q2+7w=="})
        self.assertEqual(read_record(RECORD), request)

    def test_of_anything_else_is_unreadable(self) -> None:
        image = RECORD["dynamodb"]["NewImage"]
        for other in (
            {},
            {"requestId": {"S": "r1"}},
            {**image, "envelope": {"S": "x"}},
            {**image, "expiresAt": {"N": "x"}},
        ):
            with self.subTest(other), self.assertRaisesRegex(Unreadable, "The record is not a request"):
                read_record({"dynamodb": {"NewImage": other}})


class InQuarantine(unittest.TestCase):
    def setUp(self) -> None:
        self.asked: list[str] = []
        self.saved: list[Any] = []
        self.metrics = metrics()

    def quarantine(self, body: str, records: list[Any], row: Any = None) -> None:
        def read(bucket: str, key: str) -> bytes:
            self.asked.append(f"{bucket} {key}")
            return json.dumps({"version": "1.0", "payload": json.dumps({"Records": records})}).encode()

        quarantine_failure(body, Quarantine(read, lambda _: row, self.saved.append, Silent(), self.metrics))

    def test_fails_the_request_and_keeps_the_whole_record_with_its_cause(self) -> None:
        self.quarantine(MESSAGE["body"], [RECORD], {"cause": CAUSE, "attempts": 4})
        key = "aws/lambda/1d2b/shardId-000/2026-11-21T09.30.00-7f3a"
        self.assertEqual(self.asked, [f"gear-service-name-failed-000000000000-us-east-1 {key}"])
        (record,) = self.saved
        self.assertEqual((record["recordId"], record["requestId"]), (RECORD["eventID"], REQUEST_ID))
        self.assertEqual((record["cause"], record["attempts"], record["record"]), (CAUSE, 4, RECORD))
        self.assertEqual(counted(self.metrics), {"RequestsQuarantined": 1})

    def test_keeps_numbers_as_dynamodb_takes_them(self) -> None:
        record = {**RECORD, "dynamodb": {**RECORD["dynamodb"], "ApproximateCreationDateTime": 1795253400.25}}
        self.quarantine(MESSAGE["body"], [record], {"cause": CAUSE, "attempts": Decimal(4)})
        item = as_item(self.saved[0])
        self.assertEqual(item["record"]["M"]["dynamodb"]["M"]["ApproximateCreationDateTime"], {"N": "1795253400.25"})

    def test_keeps_nothing_of_a_request_that_came_to_another_end_in_the_same_batch(self) -> None:
        self.quarantine(MESSAGE["body"], [RECORD])
        self.assertEqual(self.saved, [])

    def test_keeps_also_what_cannot_be_read(self) -> None:
        self.quarantine(MESSAGE["body"], [{"eventID": "e1", "dynamodb": {}}])
        (record,) = self.saved
        self.assertEqual((record["recordId"], record["cause"]["name"]), ("e1", "Unreadable"))

    def test_passes_over_the_test_event_of_s3(self) -> None:
        self.quarantine('{"Service": "Amazon S3", "Event": "s3:TestEvent"}', [])
        self.assertEqual((self.saved, self.asked), ([], []))
