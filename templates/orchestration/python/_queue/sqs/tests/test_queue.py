import unittest
from typing import Any

from lib.queue_message import Unreadable, read_message, to_message
from lib.request_row import QueuedRequest
from process.back_off import back_off, hidden_for
from process.process_request import LeftInQueue
from quarantine.quarantine_message import Quarantine, quarantine_message
from tests.requests import Silent, counted, metrics, read_event

REQUEST = QueuedRequest("r1", "c1", 1, {"ciphertext": "c"})
CAUSE = {"name": "Unavailable", "message": "down"}
(MESSAGE,) = read_event("quarantine")["Records"]


class Message(unittest.TestCase):
    def test_gives_back_the_request_that_was_put_into_it(self) -> None:
        sent = to_message(REQUEST)
        self.assertEqual(read_message(sent["MessageBody"]), REQUEST)
        self.assertEqual(sent["MessageAttributes"]["CorrelationId"]["StringValue"], "c1")

    def test_that_is_no_request_is_unreadable(self) -> None:
        late = to_message(REQUEST)["MessageBody"].replace('"expiresAt": 1', '"expiresAt": "1"')
        for body in ("hello", "{}", "null", "[]", '{"requestId": 1}', late):
            with self.subTest(body), self.assertRaisesRegex(Unreadable, "The message is not a request"):
                read_message(body)


class BackOff(unittest.TestCase):
    def test_waits_twice_as_long_after_each_receive_up_to_fifteen_minutes_and_down_to_half(self) -> None:
        for receives, seconds in [(1, 2), (2, 4), (4, 16), (20, 900)]:
            with self.subTest(receives):
                self.assertEqual(back_off(receives, 2, lambda: 0), seconds)
                self.assertEqual(back_off(receives, 2, lambda: 1), seconds / 2)

    def test_waits_until_the_claim_of_another_invocation_is_over_however_often_the_message_came(self) -> None:
        taken = LeftInQueue("Another invocation is working on r1")
        taken.until = 115
        for receives in (1, 5):
            self.assertEqual(hidden_for(taken, receives, 2, lambda: 100.5), 15)
        self.assertEqual(hidden_for(taken, 1, 2, lambda: 116), 1)
        self.assertEqual(hidden_for(LeftInQueue("down"), 1, 2), 2)


class InQuarantine(unittest.TestCase):
    def setUp(self) -> None:
        self.saved: list[Any] = []
        self.failed: list[str] = []
        self.metrics = metrics()

    def quarantine(self, message: dict[str, Any], row: Any = None) -> None:
        def fail_request(request_id: str) -> Any:
            self.failed.append(request_id)
            return row

        quarantine_message(message, Quarantine(fail_request, self.saved.append, Silent(), self.metrics))

    def test_fails_the_request_and_keeps_the_whole_message_with_its_cause(self) -> None:
        self.quarantine(MESSAGE, {"cause": CAUSE, "attempts": 5})
        self.assertEqual(self.failed, ["5f0c2f0e-6a54-4f7e-9a0b-0a4a5d2f9c11"])
        (record,) = self.saved
        self.assertEqual((record["recordId"], record["requestId"]), (self.failed[0], self.failed[0]))
        self.assertEqual((record["cause"], record["attempts"], record["correlationId"]), (CAUSE, 5, "web-7f3a"))
        self.assertEqual(record["record"], {"body": MESSAGE["body"], "sentAt": "2026-11-21T09:30:00.000Z"})
        self.assertEqual(counted(self.metrics), {"RequestsQuarantined": 1})

    def test_keeps_one_record_of_a_request_however_many_messages_there_were_of_it(self) -> None:
        for message in (MESSAGE, {**MESSAGE, "messageId": "another"}):
            self.quarantine(message, {"cause": CAUSE, "attempts": 5})
        first, second = self.saved
        self.assertEqual(first["recordId"], second["recordId"])

    def test_keeps_nothing_of_a_request_that_came_to_another_end_after_all(self) -> None:
        self.quarantine(MESSAGE)
        self.assertEqual(self.saved, [])

    def test_keeps_also_what_cannot_be_read(self) -> None:
        self.quarantine({**MESSAGE, "body": "hello"})
        self.assertEqual(self.failed, [])
        (record,) = self.saved
        self.assertEqual((record["cause"]["name"], record["record"]["body"]), ("Unreadable", "hello"))
        self.assertEqual(record["recordId"], MESSAGE["messageId"])
