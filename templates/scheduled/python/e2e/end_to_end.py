"""The deployed service, where `tests/` has its parts: `python3 -m unittest e2e.end_to_end`."""

import json
from typing import Any
from unittest import TestCase

from e2e.local_service import LocalService


class Runs(TestCase):
    """In the order of the tests' names: the last one asks what all of them have needed."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.service = LocalService()
        cls.addClassCleanup(cls.service.remove)
        cls.sqs = cls.service.client("sqs")
        cls.runs = cls.service.table(cls.service.outputs["RunTableName"])

    def test_a_tries_a_run_that_fails_three_times_then_puts_it_aside(self) -> None:
        job = self.service.outputs["JobFunctionName"]
        self.service.client("lambda").invoke(FunctionName=job, InvocationType="Event", Payload="{}")
        [failure] = self.service.until(self.put_aside, lambda bodies: len(bodies) > 0)
        context = failure["requestContext"]
        self.assertEqual((context["condition"], context["approximateInvokeCount"]), ("RetriesExhausted", 3))
        self.assertIn("The event has no scheduledTime", failure["responsePayload"]["errorMessage"])

    def test_b_runs_when_its_hour_comes_and_remembers_it(self) -> None:
        self.service.forward("+1h")
        read = lambda: self.runs.get_item(Key={"id": "last-run"}, ConsistentRead=True).get("Item")
        run = self.service.until(read, lambda item: item is not None)
        assert run is not None
        self.assertEqual(run["result"]["minutes"], 60)

    def test_z_needs_every_permission_that_its_roles_grant_and_no_other(self) -> None:
        self.assertEqual(self.service.permissions(), {"denied": [], "unused": []})

    def put_aside(self) -> list[dict[str, Any]]:
        # In small steps, so that the event does not grow older than an hour while an attempt is at work.
        self.service.forward("+5s")
        answer = self.sqs.receive_message(QueueUrl=self.service.outputs["FailureQueueUrl"])
        return [json.loads(message["Body"]) for message in answer.get("Messages", [])]
