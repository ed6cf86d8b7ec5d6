import io
import json
import threading
import unittest
from contextlib import redirect_stdout
from types import SimpleNamespace

from lib.batch import process_batch
from lib.failure import Unavailable, cause_of
from lib.log import Logger


class Batch(unittest.TestCase):
    def test_works_on_all_records_at_the_same_time_and_answers_with_those_that_failed(self) -> None:
        together = threading.Barrier(10, timeout=5)

        def work(record: dict[str, int]) -> None:
            together.wait()
            if record["id"] % 4 == 1:
                raise ValueError(record)

        answer = process_batch([{"id": id} for id in range(10)], work, lambda record: str(record["id"]))
        self.assertEqual([failure["itemIdentifier"] for failure in answer["batchItemFailures"]], ["1", "5", "9"])


class Log(unittest.TestCase):
    def test_is_a_line_of_json_that_says_who_wrote_it_and_for_which_request(self) -> None:
        logger = Logger("gear-service-name")
        logger.add_context(SimpleNamespace(function_name="process", aws_request_id="invocation-1"))
        with redirect_stdout(io.StringIO()) as printed:
            logger.error("It broke", requestId="request-1", error=ValueError("two\nlines"))
        line = json.loads(printed.getvalue())
        self.assertEqual(printed.getvalue().count("\n"), 1)
        self.assertEqual((line["level"], line["message"], line["requestId"]), ("ERROR", "It broke", "request-1"))
        self.assertEqual((line["service"], line["function_request_id"]), ("gear-service-name", "invocation-1"))
        self.assertEqual((line["error"]["name"], line["error"]["message"]), ("ValueError", "two\nlines"))


class Cause(unittest.TestCase):
    def test_names_what_an_error_was_raised_from(self) -> None:
        error = Unavailable("The legacy system does not answer")
        error.__cause__ = ConnectionRefusedError("refused")
        cause = {"name": "Unavailable", "message": "The legacy system does not answer: refused"}
        self.assertEqual(cause_of(error), cause)
