"""The deployed service, where `tests/` has its parts: `python3 -m unittest e2e.end_to_end`."""

import json
from typing import Any
from unittest import TestCase

from e2e.local_service import LocalService


class Orders(TestCase):
    """In the order of the tests' names: the last one asks what all of them have needed."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.service = LocalService()
        cls.addClassCleanup(cls.service.remove)
        cls.sqs = cls.service.client("sqs")
        cls.orders = cls.service.table(cls.service.outputs["OrderTableName"])
        cls.shipments = cls.service.table(cls.service.outputs["ShipmentTableName"])

    def test_a_ships_what_is_placed_and_nothing_else(self) -> None:
        self.orders.put_item(Item={"id": "order-16", "status": "DRAFT", "address": "12 Row Lane"})
        placed = {"id": "order-17", "status": "PLACED", "address": "12 Row Lane", "correlationId": "checkout-4711"}
        self.orders.put_item(Item=placed)
        [shipment] = self.service.until(self.shipped, lambda items: len(items) > 0)
        wanted = ("order-17", "12 Row Lane", "checkout-4711")
        self.assertEqual((shipment["id"], shipment["address"], shipment["correlationId"]), wanted)

    def test_b_puts_aside_a_record_that_always_fails_and_ships_what_stands_behind_it(self) -> None:
        self.orders.put_item(Item={"id": "order-18", "status": "PLACED"})
        self.orders.put_item(Item={"id": "order-19", "status": "PLACED", "address": "1 Quay"})
        [failure] = self.service.until(self.put_aside, lambda bodies: len(bodies) > 0)
        self.assertEqual(failure["requestContext"]["condition"], "RetryAttemptsExhausted")
        self.assertEqual(failure["DDBStreamBatchInfo"]["batchSize"], 1)
        shipments = self.service.until(self.shipped, lambda items: len(items) == 2)
        self.assertEqual(sorted(item["id"] for item in shipments), ["order-17", "order-19"])

    def test_z_needs_every_permission_that_its_roles_grant_and_no_other(self) -> None:
        self.assertEqual(self.service.permissions(), {"denied": [], "unused": []})

    def shipped(self) -> list[dict[str, Any]]:
        return self.shipments.scan(ConsistentRead=True)["Items"]

    def put_aside(self) -> list[dict[str, Any]]:
        # In small steps, so that the record does not grow older than it may while an attempt is at work.
        self.service.forward("+5s")
        answer = self.sqs.receive_message(QueueUrl=self.service.outputs["FailureQueueUrl"])
        return [json.loads(message["Body"]) for message in answer.get("Messages", [])]
