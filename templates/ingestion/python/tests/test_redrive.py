import json
import unittest
from pathlib import Path
from typing import Any

from tests.fake_aws import aws, object_created, sqs_event

from redrive import handler as redrive

DONE: dict[str, Any] = {"batchItemFailures": []}
LEFT = {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
BROKEN = object_created("incoming/broken.json")


def redriven(body: str, **attributes: str) -> dict[str, Any]:
    values = {name: {"stringValue": value, "dataType": "String"} for name, value in attributes.items()}
    return aws.invoke(redrive.handler, sqs_event({"body": body, "messageAttributes": values}))


class Redrive(unittest.TestCase):
    def setUp(self) -> None:
        aws.reset()

    def test_records_what_never_passes_with_its_cause_and_where_the_payload_is(self) -> None:
        event = json.loads((Path(__file__).parent.parent / "events/redrive.json").read_text())
        self.assertEqual(aws.invoke(redrive.handler, event), DONE)
        (row,) = aws.rows.values()
        self.assertEqual(row["record"], "failure#0065F1A2B3C4D5E6F800000000000000")
        self.assertEqual(row["payload"]["bucket"], "gear-service-name-in-000000000000-us-east-1")
        self.assertEqual(row["payload"]["key"], "incoming/broken.json")
        self.assertEqual((row["cause"]["kind"], row["cause"]["name"]), ("permanent", "Malformed"))
        self.assertIn("ends in the middle", row["cause"]["message"])
        self.assertEqual((row["attempts"], row["firstFailedAt"]), (0, "2026-11-21T09:30:01.000Z"))
        self.assertEqual(aws.sent, [])

    def test_sends_back_what_may_still_pass_after_a_delay_and_with_the_attempt_counted(self) -> None:
        self.assertEqual(redriven(BROKEN, FailureKind="transient", Attempts="1"), DONE)
        (sent,) = aws.sent
        self.assertTrue(sent["QueueUrl"].endswith("ingest"))
        self.assertEqual(sent["MessageBody"], BROKEN)
        self.assertEqual(aws.attributes()["Attempts"], "2")
        self.assertNotIn("FailureKind", aws.attributes())
        self.assertTrue(8 <= sent["DelaySeconds"] <= 15)
        self.assertEqual(aws.rows, {})

    def test_sends_back_what_sqs_moved_without_a_cause(self) -> None:
        redriven(BROKEN)
        self.assertEqual(aws.attributes(), {"Attempts": "1", "FirstFailedAt": "2026-11-21T09:30:00.000Z"})

    def test_gives_up_after_the_last_attempt_and_records_the_last_cause(self) -> None:
        self.assertEqual(redriven(BROKEN, Attempts="3", FailureKind="transient", FailureName="NotReady"), DONE)
        self.assertEqual(aws.sent, [])
        row = aws.row("incoming/broken.json", f"failure#{'0A'.ljust(32, '0')}") or {}
        self.assertEqual((row["attempts"], row["cause"]["name"]), (3, "NotReady"))

    def test_writes_one_record_when_the_message_comes_twice(self) -> None:
        for _ in range(2):
            self.assertEqual(redriven(BROKEN, FailureKind="permanent", FailureName="Malformed"), DONE)
        self.assertEqual(len(aws.rows), 1)

    def test_leaves_what_names_no_object_for_the_parking_queue(self) -> None:
        self.assertEqual(redriven("hello", FailureKind="permanent"), LEFT)

    def test_keeps_the_message_when_it_may_not_write_the_record(self) -> None:
        aws.denied.add("dynamodb:PutItem")
        self.assertEqual(redriven(BROKEN, FailureKind="permanent"), LEFT)
