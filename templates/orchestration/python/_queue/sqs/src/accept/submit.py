from collections.abc import Callable

import boto3

from accept.save_request import SavedRequest, save_request
from lib.envelope import Envelope
from lib.environment import required
from lib.queue_message import to_message
from lib.request_row import QueuedRequest, RequestRow


def connect_queue() -> Callable[[RequestRow, Envelope], SavedRequest | None]:
    """Row first, message second: a message always finds its row.

    Should the message not be sent, the client gets an error and asks again with the same idempotency key; therefore a
    request that is still PENDING is sent again. It may then be in the queue twice, and is processed once.
    """
    dynamodb = boto3.client("dynamodb")
    sqs = boto3.client("sqs")
    table = required("TABLE_NAME")
    queue = required("QUEUE_URL")

    def submit(row: RequestRow, envelope: Envelope) -> SavedRequest | None:
        before = save_request(dynamodb, table, row)
        if before is None or (before.status == "PENDING" and before.fingerprint == row["fingerprint"]):
            request = QueuedRequest(row["requestId"], row["correlationId"], row["expiresAt"], envelope)
            sqs.send_message(QueueUrl=queue, **to_message(request))
        return before

    return submit
