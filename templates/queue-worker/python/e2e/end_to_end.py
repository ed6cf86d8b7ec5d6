"""The deployed service, where `tests/` has its parts: `python3 -m unittest e2e.end_to_end`."""

import json
from decimal import Decimal
from typing import Any
from unittest import TestCase

from e2e.local_service import LocalService


ORDER = {"id": "order-17", "customer": "Ada", "total": 12.5}


class Orders(TestCase):
    """In the order of the tests' names: the last one asks what all of them have needed."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.service = LocalService()
        cls.addClassCleanup(cls.service.remove)
        cls.sqs = cls.service.client("sqs")
        cls.table = cls.service.table(cls.service.outputs["OrderTableName"])

    def test_a_saves_an_order_with_the_correlation_id_of_its_sender(self) -> None:
        self.send(json.dumps(ORDER))
        row = self.saved("order-17")
        self.assertEqual((row["customer"], row["correlationId"]), ("Ada", "checkout-4711"))

    def test_b_saves_an_order_once_however_often_it_comes(self) -> None:
        self.send(json.dumps({**ORDER, "total": 99}))
        self.send(json.dumps({**ORDER, "id": "order-18"}))
        self.saved("order-18")
        self.assertEqual(self.saved("order-17")["total"], Decimal("12.5"))

    def test_c_puts_aside_what_is_no_order_after_five_receives(self) -> None:
        self.send("hello")
        aside = self.service.until(self.put_aside, lambda bodies: len(bodies) > 0)
        self.assertEqual(aside, ["hello"])

    def test_z_needs_every_permission_that_its_roles_grant_and_no_other(self) -> None:
        self.assertEqual(self.service.permissions(), {"denied": [], "unused": []})

    def send(self, body: str) -> None:
        correlation = {"CorrelationId": {"DataType": "String", "StringValue": "checkout-4711"}}
        queue = self.service.outputs["OrderQueueUrl"]
        self.sqs.send_message(QueueUrl=queue, MessageBody=body, MessageAttributes=correlation)

    def saved(self, order: str) -> dict[str, Any]:
        """The order's row, as soon as it is there."""
        read = lambda: self.table.get_item(Key={"id": order}, ConsistentRead=True).get("Item")
        row = self.service.until(read, lambda item: item is not None)
        assert row is not None
        return row

    def put_aside(self) -> list[str]:
        self.service.forward("+61s")
        answer = self.sqs.receive_message(QueueUrl=self.service.outputs["DeadLetterQueueUrl"])
        return [message["Body"] for message in answer.get("Messages", [])]
