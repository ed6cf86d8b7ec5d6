import json
import unittest
from pathlib import Path
from typing import Any

from tests.fake_dynamodb import dynamodb

from worker.handler import handler

EVENT = json.loads((Path(__file__).parent.parent / "events/worker.json").read_text())
ORDER = {"id": "order-17", "customer": "Ada", "total": 12.5}


def message(id: str, body: Any) -> dict[str, Any]:
    text = body if isinstance(body, str) else json.dumps(body)
    return {**EVENT["Records"][0], "messageId": id, "body": text, "messageAttributes": {}}


def work(*messages: dict[str, Any]) -> list[str]:
    answer = dynamodb.invoke(handler, {"Records": list(messages)})
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


class Worker(unittest.TestCase):
    def setUp(self) -> None:
        dynamodb.reset()

    def test_saves_an_order_with_the_correlation_id_of_its_sender(self) -> None:
        self.assertEqual(dynamodb.invoke(handler, EVENT), {"batchItemFailures": []})
        row = dynamodb.rows()["order-17"]
        self.assertEqual((row["customer"], float(row["total"]), row["correlationId"]), ("Ada", 12.5, "checkout-4711"))
        self.assertEqual(dynamodb.metrics["OrdersSaved"], [1])

    def test_takes_the_message_id_where_the_sender_gave_none(self) -> None:
        work(message("m-1", ORDER))
        self.assertEqual(dynamodb.rows()["order-17"]["correlationId"], "m-1")

    def test_saves_an_order_once_however_often_it_comes(self) -> None:
        self.assertEqual(work(message("m-1", ORDER), message("m-2", {**ORDER, "total": 99})), [])
        self.assertEqual(work(message("m-1", ORDER)), [])
        self.assertEqual([float(row["total"]) for row in dynamodb.rows().values()], [12.5])

    def test_leaves_what_is_no_order_in_the_queue_and_saves_the_rest_of_its_batch(self) -> None:
        broken = ["hello", "17", {**ORDER, "id": None}, {**ORDER, "customer": ""}, {**ORDER, "total": "12.5"}]
        for body in [*broken, {**ORDER, "total": True}, '{"id": "a", "customer": "b", "total": NaN}']:
            with self.subTest(body=body):
                dynamodb.reset()
                self.assertEqual(work(message("bad", body), message("good", ORDER)), ["bad"])
                self.assertEqual(list(dynamodb.rows()), ["order-17"])

    def test_leaves_what_it_may_not_save_in_the_queue(self) -> None:
        dynamodb.denied.add("PutItem")
        self.assertEqual(work(message("m-1", ORDER)), ["m-1"])
