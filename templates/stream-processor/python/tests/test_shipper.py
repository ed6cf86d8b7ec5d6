import json
import unittest
from pathlib import Path
from typing import Any

from tests.fake_dynamodb import dynamodb

from shipper.handler import handler

EVENT = json.loads((Path(__file__).parent.parent / "events/shipper.json").read_text())
PLACED = EVENT["Records"][0]


def record(number: str, **image: str) -> dict[str, Any]:
    values = {name: {"S": value} for name, value in image.items()}
    return {
        **PLACED,
        "eventID": f"event-{number}",
        "dynamodb": {**PLACED["dynamodb"], "SequenceNumber": number, "NewImage": values},
    }


def ship(*records: dict[str, Any]) -> list[str]:
    answer = dynamodb.invoke(handler, {"Records": list(records)})
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


class Shipper(unittest.TestCase):
    def setUp(self) -> None:
        dynamodb.reset()

    def test_makes_a_shipment_of_an_order_with_the_correlation_id_of_its_writer(self) -> None:
        self.assertEqual(dynamodb.invoke(handler, EVENT), {"batchItemFailures": []})
        row = dynamodb.rows()["order-17"]
        self.assertEqual((row["address"], row["correlationId"]), ("12 Row Lane", "checkout-4711"))
        self.assertEqual(dynamodb.metrics["OrdersShipped"], [1])

    def test_takes_the_event_id_where_the_writer_gave_none(self) -> None:
        ship(record("7", id="order-18", address="1 Quay"))
        self.assertEqual(dynamodb.rows()["order-18"]["correlationId"], "event-7")

    def test_ships_an_order_once_however_often_it_comes(self) -> None:
        ship(PLACED)
        before = dynamodb.rows()
        self.assertEqual(ship(PLACED), [])
        self.assertEqual(dynamodb.rows(), before)

    def test_names_the_record_of_an_order_that_cannot_be_shipped_and_ships_the_rest_of_its_batch(self) -> None:
        for image in ({"id": "order-18"}, {"id": "order-18", "address": ""}, {"address": "1 Quay"}):
            with self.subTest(image):
                dynamodb.reset()
                self.assertEqual(ship(record("7", **image), PLACED), ["7"])
                self.assertEqual(list(dynamodb.rows()), ["order-17"])

    def test_names_what_it_may_not_save(self) -> None:
        dynamodb.denied.add("PutItem")
        self.assertEqual(ship(PLACED), ["111"])
