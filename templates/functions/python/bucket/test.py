import io
import json
import logging
import unittest
from pathlib import Path
from unittest.mock import patch

from botocore.response import StreamingBody

from gear_name.handler import handler, s3

EVENT = json.loads((Path(__file__).parent.parent / "events/gear-name.json").read_text())
MESSAGE = EVENT["Records"][0]


class GearName(unittest.TestCase):
    def setUp(self) -> None:
        logging.disable(logging.CRITICAL)
        patched = patch.object(s3, "get_object")
        self.get_object = patched.start()
        self.addCleanup(patched.stop)

    def test_reads_the_object_that_arrived(self) -> None:
        self.get_object.return_value = {"Body": StreamingBody(io.BytesIO(b"a,b\n"), 4)}
        self.assertEqual(handler(EVENT, None), {"batchItemFailures": []})
        self.get_object.assert_called_once_with(Bucket="gear-name-inbox", Key="march orders.csv")

    def test_leaves_in_the_queue_what_cannot_be_read(self) -> None:
        self.get_object.side_effect = PermissionError("AccessDenied")
        self.assertEqual(handler(EVENT, None), {"batchItemFailures": [{"itemIdentifier": MESSAGE["messageId"]}]})

    def test_takes_the_test_event_of_s3_for_what_it_is(self) -> None:
        test_event = {**MESSAGE, "body": '{"Event": "s3:TestEvent"}'}
        self.assertEqual(handler({"Records": [test_event]}, None), {"batchItemFailures": []})
        self.get_object.assert_not_called()
