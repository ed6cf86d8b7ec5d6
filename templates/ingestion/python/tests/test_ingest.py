import hashlib
import json
import unittest
from pathlib import Path
from typing import Any

from tests.fake_aws import aws, object_created, received, sqs_event

from ingest import handler as ingest

DONE: dict[str, Any] = {"batchItemFailures": []}


def deliver(*bodies: str) -> dict[str, Any]:
    return aws.invoke(ingest.handler, sqs_event(*({"body": body} for body in bodies)))


def put(key: str, text: str) -> None:
    aws.objects[key] = text.encode()


class Ingest(unittest.TestCase):
    def setUp(self) -> None:
        aws.reset()

    def test_makes_a_row_of_an_object(self) -> None:
        put("incoming/orders.json", '{"id": 7, "lines": []}')
        self.assertEqual(deliver(object_created("incoming/orders.json")), DONE)
        row = aws.row("incoming/orders.json") or {}
        self.assertEqual((row["contentType"], row["size"]), ("application/json", 22))
        self.assertEqual(row["sha256"], hashlib.sha256(b'{"id": 7, "lines": []}').hexdigest())
        self.assertEqual(row["details"], {"topLevel": "object", "keyCount": 2, "keys": ["id", "lines"]})
        self.assertEqual(aws.sent, [])
        self.assertEqual((aws.metrics["ObjectsIngested"], aws.metrics["BytesIngested"]), ([1], [22]))

    def test_reads_the_event_in_events_ingest_json(self) -> None:
        put("incoming/march orders.csv", "id,total\n1,10\n")
        event = json.loads((Path(__file__).parent.parent / "events/ingest.json").read_text())
        self.assertEqual(aws.invoke(ingest.handler, event), DONE)
        (row,) = (row for row in aws.rows.values() if row.get("record") == "metadata")
        self.assertEqual(row["key"], "incoming/march orders.csv")
        self.assertEqual(row["details"]["columns"], ["id", "total"])

    def test_reads_an_object_once_when_its_notification_comes_twice(self) -> None:
        put("incoming/a.txt", "one\n")
        deliver(object_created("incoming/a.txt"))
        self.assertEqual(deliver(object_created("incoming/a.txt")), DONE)
        self.assertEqual(aws.calls.count("s3:GetObject incoming/a.txt"), 1)

    def test_keeps_the_newer_version_when_notifications_come_in_the_wrong_order(self) -> None:
        put("incoming/a.txt", "new\n")
        deliver(object_created("incoming/a.txt", "0B"))
        put("incoming/a.txt", "old, and longer\n")
        self.assertEqual(deliver(object_created("incoming/a.txt", "0A1")), DONE)
        row = aws.row("incoming/a.txt") or {}
        self.assertEqual((row["size"], row["sequencer"]), (4, "0B".ljust(32, "0")))

    def test_replaces_the_row_when_a_newer_version_comes(self) -> None:
        put("incoming/a.txt", "old, and longer\n")
        deliver(object_created("incoming/a.txt", "0A1"))
        put("incoming/a.txt", "new\n")
        deliver(object_created("incoming/a.txt", "0B"))
        self.assertEqual((aws.row("incoming/a.txt") or {})["size"], 4)

    def test_leaves_in_the_queue_what_another_invocation_has_in_hand(self) -> None:
        put("incoming/a.txt", "one\n")
        deliver(object_created("incoming/a.txt"))
        (claim,) = (row for where, row in aws.rows.items() if where.startswith("idempotency"))
        claim["status"] = "INPROGRESS"
        claim["raw"]["status"] = {"S": "INPROGRESS"}
        left = {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
        self.assertEqual(deliver(object_created("incoming/a.txt")), left)
        self.assertEqual(aws.sent, [])
        # Whoever had it in hand ran out of time.
        claim["in_progress_expiration"] = 0
        self.assertEqual(deliver(object_created("incoming/a.txt")), DONE)

    def test_hands_a_malformed_object_over_with_its_cause_and_the_others_of_the_batch_are_rows(self) -> None:
        put("incoming/good.json", "[1, 2]")
        put("incoming/broken.json", '{"id": 7, "lines"')
        bodies = [object_created("incoming/broken.json"), object_created("incoming/good.json")]
        self.assertEqual(deliver(*bodies), DONE)
        self.assertEqual((aws.row("incoming/good.json") or {})["details"], {"topLevel": "array", "length": 2})
        self.assertIsNone(aws.row("incoming/broken.json"))
        self.assertEqual(len(aws.sent), 1)
        self.assertTrue(aws.sent[0]["QueueUrl"].endswith("dead-letters"))
        attributes = aws.attributes()
        self.assertEqual((attributes["Attempts"], attributes["FailureKind"]), ("0", "permanent"))
        self.assertEqual(attributes["FailureName"], "Malformed")
        self.assertEqual(attributes["FailureMessage"], "The JSON document ends in the middle, after 17 characters")

    def test_forgets_an_object_that_failed_so_that_it_can_be_tried_again(self) -> None:
        deliver(object_created("incoming/late.txt"))
        attributes = aws.attributes()
        self.assertEqual((attributes["FailureKind"], attributes["FailureName"]), ("transient", "NotReady"))
        self.assertIn("(AccessDenied: not authorized to perform: s3:GetObject)", attributes["FailureMessage"])
        put("incoming/late.txt", "here\n")
        aws.invoke(ingest.handler, sqs_event(received(aws.sent[0])))
        self.assertEqual((aws.row("incoming/late.txt") or {})["details"], {"lines": 1})

    def test_waits_for_the_parts_of_a_manifest(self) -> None:
        put("incoming/march.manifest.json", '{"parts": ["march.csv"]}')
        deliver(object_created("incoming/march.manifest.json"))
        attributes = aws.attributes()
        self.assertEqual(attributes["FailureName"], "NotReady")
        missing = "s3://inbox/incoming/march.csv is missing, or ingest may not read it (HTTP 403)"
        self.assertEqual(attributes["FailureMessage"], missing)
        put("incoming/march.csv", "id\n1\n")
        deliver(object_created("incoming/march.manifest.json"))
        row = aws.row("incoming/march.manifest.json") or {}
        self.assertEqual((row["contentType"], row["details"]), ("application/json", {"parts": ["march.csv"]}))

    def test_names_the_call_that_was_denied(self) -> None:
        put("incoming/a.txt", "one\n")
        aws.denied.add("dynamodb:PutItem")
        self.assertEqual(deliver(object_created("incoming/a.txt")), DONE)
        attributes = aws.attributes()
        self.assertEqual((attributes["FailureKind"], attributes["FailureName"]), ("transient", "AccessDeniedException"))
        self.assertIn("not authorized to perform: dynamodb:PutItem", attributes["FailureMessage"])

    def test_leaves_in_the_queue_what_it_cannot_hand_over_and_only_that(self) -> None:
        put("incoming/good.txt", "one\n")
        put("incoming/broken.png", "not an image")
        aws.denied.add("sqs:SendMessage")
        answer = deliver(object_created("incoming/broken.png"), object_created("incoming/good.txt"))
        self.assertEqual(answer, {"batchItemFailures": [{"itemIdentifier": "message-0"}]})
        self.assertIsNotNone(aws.row("incoming/good.txt"))

    def test_hands_over_a_message_that_is_no_notification(self) -> None:
        self.assertEqual(deliver("hello"), DONE)
        self.assertEqual(aws.attributes()["FailureKind"], "permanent")
        self.assertEqual(aws.sent[0]["MessageBody"], "hello")

    def test_takes_the_test_event_that_s3_sends_for_nothing(self) -> None:
        self.assertEqual(deliver('{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"inbox"}'), DONE)
        self.assertEqual(aws.calls, [])
