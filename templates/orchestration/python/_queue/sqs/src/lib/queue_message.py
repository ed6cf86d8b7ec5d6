import json
from typing import Any

from lib.read_json import read_json
from lib.request_row import QueuedRequest


class Unreadable(Exception):
    """Nobody but `accept` should write to the queue."""


def to_message(request: QueuedRequest) -> dict[str, Any]:
    """The correlation id stands outside, where it can be read without opening the body."""
    body = {
        "requestId": request.request_id,
        "correlationId": request.correlation_id,
        "expiresAt": request.expires_at,
        "envelope": request.envelope,
    }
    correlation_id = {"DataType": "String", "StringValue": request.correlation_id}
    return {"MessageBody": json.dumps(body), "MessageAttributes": {"CorrelationId": correlation_id}}


def read_message(body: str) -> QueuedRequest:
    try:
        value = read_json(body)
        request = QueuedRequest(value["requestId"], value["correlationId"], value["expiresAt"], value["envelope"])
        texts = (request.request_id, request.correlation_id, request.envelope["ciphertext"])
    except (ValueError, KeyError, TypeError):
        raise Unreadable("The message is not a request") from None
    if not all(isinstance(text, str) for text in texts) or not isinstance(request.expires_at, (int, float)):
        raise Unreadable("The message is not a request")
    return request
