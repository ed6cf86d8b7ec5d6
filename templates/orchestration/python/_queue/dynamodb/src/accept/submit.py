from collections.abc import Callable

import boto3

from accept.save_request import SavedRequest, save_request
from lib.envelope import Envelope
from lib.environment import required
from lib.request_row import RequestRow


def connect_queue() -> Callable[[RequestRow, Envelope], SavedRequest | None]:
    """The row is the message: what is saved is in the queue, and cannot be in one of the two alone."""
    dynamodb = boto3.client("dynamodb")
    table = required("TABLE_NAME")
    return lambda row, envelope: save_request(dynamodb, table, {**row, "envelope": envelope})
