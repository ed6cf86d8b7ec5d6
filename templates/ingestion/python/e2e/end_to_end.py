"""The deployed service, where `tests/` has its parts: `python3 -m unittest e2e.end_to_end`."""

from collections.abc import Callable
from typing import Any
from unittest import TestCase

from boto3.dynamodb.conditions import Key

from e2e.local_service import LocalService


class Objects(TestCase):
    """In the order of the tests' names: the last one asks what all of them have needed."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.service = LocalService()
        cls.addClassCleanup(cls.service.remove)
        cls.s3 = cls.service.client("s3")
        cls.sqs = cls.service.client("sqs")
        cls.bucket = cls.service.outputs["InboxBucketName"]
        cls.table = cls.service.table(cls.service.outputs["ObjectTableName"])

    def test_describes_an_object(self) -> None:
        self.put("order.json", '{"order": 4711, "customer": "C-19"}')
        row = self.row_of("order.json")
        self.assertEqual((row["record"], row["contentType"]), ("metadata", "application/json"))
        self.assertEqual(row["details"]["keys"], ["order", "customer"])

    def test_records_why_an_object_that_is_malformed_has_no_description(self) -> None:
        self.put("truncated.json", '{"order": 47')
        row = self.row_of("truncated.json")
        self.assertRegex(row["record"], "^failure#")
        self.assertEqual((row["cause"]["kind"], row["cause"]["name"]), ("permanent", "Malformed"))

    def test_tries_again_what_came_too_early_and_has_it_in_the_end(self) -> None:
        self.put("delivery.manifest.json", '{"parts": ["march.csv"]}')
        # It failed once when its message waits, delayed, to be tried again.
        self.service.until(self.delayed, lambda count: count == "1")
        self.put("march.csv", "day,orders\n2026-03-01,12\n")
        row = self.row_of("delivery.manifest.json", lambda: self.service.forward("+1s"))
        self.assertEqual((row["record"], row["details"]["parts"]), ("metadata", ["march.csv"]))

    def test_z_needs_every_permission_that_its_roles_grant_and_no_other(self) -> None:
        self.assertEqual(self.service.permissions(), {"denied": [], "unused": []})

    def put(self, name: str, body: str) -> None:
        self.s3.put_object(Bucket=self.bucket, Key=f"incoming/{name}", Body=body.encode())

    def delayed(self) -> str:
        name = "ApproximateNumberOfMessagesDelayed"
        queue = self.service.outputs["IngestQueueUrl"]
        return self.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=[name])["Attributes"][name]

    def row_of(self, name: str, wait: Callable[[], None] = lambda: None) -> dict[str, Any]:
        """The object's first row, as soon as it is there."""
        condition = Key("object").eq(f"s3://{self.bucket}/incoming/{name}")

        def rows() -> list[dict[str, Any]]:
            wait()
            return self.table.query(KeyConditionExpression=condition, ConsistentRead=True)["Items"]

        return self.service.until(rows, lambda items: len(items) > 0)[0]
