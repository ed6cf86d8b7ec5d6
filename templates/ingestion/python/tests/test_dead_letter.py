import unittest

from lib.dead_letter import Journey, journey_attributes, read_journey
from lib.failure import Failure
from tests.fake_aws import received


def travelled(journey: Journey) -> Journey:
    return read_journey(received({"MessageBody": "", "MessageAttributes": journey_attributes(journey)}))


class DeadLetter(unittest.TestCase):
    def test_reads_what_it_wrote(self) -> None:
        failure = Failure("permanent", "Malformed", "The JSON document is empty")
        journey = Journey(2, "2026-11-21T09:30:01.000Z", failure)
        self.assertEqual(travelled(journey), journey)
        self.assertEqual(travelled(Journey()), Journey())

    def test_starts_at_the_beginning_when_there_is_nothing_to_read_or_nonsense(self) -> None:
        self.assertEqual(read_journey({"messageAttributes": {}}), Journey())
        nonsense = {"Attempts": {"dataType": "Number", "stringValue": "many"}}
        self.assertEqual(read_journey({"messageAttributes": nonsense}), Journey())

    def test_makes_a_message_that_sqs_accepts(self) -> None:
        for message, accepted in [
            ("", "-"),
            ("a\0b\x1bc", "a b c"),
            ("a\ud800", "a "),
            ("x" * 5000, "x" * 1000),
        ]:
            with self.subTest(message[:20]):
                attributes = journey_attributes(Journey(0, None, Failure("transient", "Error", message)))
                self.assertEqual(attributes["FailureMessage"]["StringValue"], accepted)
