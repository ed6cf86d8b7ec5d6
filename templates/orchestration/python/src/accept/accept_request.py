import base64
import hashlib
import json
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accept.save_request import SavedRequest
from lib.answer import answer, correlation_id_of
from lib.clock import utc
from lib.envelope import MAXIMUM_BYTES, EncryptionContext, Envelope
from lib.log import Logger
from lib.metrics import Metrics
from lib.order import ORDER_SCHEMA, Order
from lib.read_json import read_json
from lib.request_row import RequestRow
from lib.secret import CachedSecret
from lib.token import Unauthorized, verify_token
from lib.validate import problems_of


@dataclass(frozen=True)
class Acceptance:
    signing_key: CachedSecret
    audience: str
    service: str
    # How long a request may wait in the queue.
    time_to_live_seconds: int
    seal: Callable[[bytes, EncryptionContext], Envelope]
    # Saves the row and puts the request into the queue; answers what was saved before, if it was.
    submit: Callable[[RequestRow, Envelope], SavedRequest | None]
    logger: Logger
    metrics: Metrics


class Refused(Exception):
    def __init__(
        self, status_code: int, error: str, problems: list[str], headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(error)
        self.status_code = status_code
        self.body = {"error": error, **({"problems": problems} if problems else {})}
        self.headers = headers or {}


def accept_request(event: dict[str, Any], acceptance: Acceptance) -> dict[str, Any]:
    """Nothing is saved, encrypted or queued before token and payload have been checked: poison stays outside."""
    correlation = {"x-correlation-id": correlation_id_of(event)}
    try:
        request_id, status = accept(event, acceptance)
    except Refused as refused:
        acceptance.metrics.count("RequestsRefused")
        return answer(refused.status_code, refused.body, {**correlation, **refused.headers})
    acceptance.metrics.count("RequestsAccepted")
    body = {"requestId": request_id, "status": status}
    return answer(202, body, {"location": f"/requests/{request_id}", **correlation})


def accept(event: dict[str, Any], acceptance: Acceptance) -> tuple[str, str]:
    """The request's id and status."""
    logger = acceptance.logger
    correlation_id = correlation_id_of(event)
    try:
        subject = verify_token(
            event["headers"].get("authorization"), acceptance.signing_key.value(), acceptance.audience, time.time()
        ).sub
    except Unauthorized as error:
        logger.warn("Request refused", correlationId=correlation_id, reason=str(error))
        raise Refused(401, "Unauthorized", [], {"www-authenticate": "Bearer"}) from None
    body = body_of(event)
    if len(body) > MAXIMUM_BYTES:
        problems = [f"the body is larger than {MAXIMUM_BYTES} bytes"]
        logger.warn("Request refused", correlationId=correlation_id, problems=problems)
        raise Refused(413, "PayloadTooLarge", problems)
    order, problems = read_order(body)
    idempotency_key = event["headers"].get("idempotency-key")
    if idempotency_key is not None and not re.fullmatch(r"[\x21-\x7E]{1,128}", idempotency_key):
        problems.append("the header idempotency-key is not 1 to 128 visible characters")
    if problems:
        logger.warn("Request refused", correlationId=correlation_id, problems=problems)
        raise Refused(400, "BadRequest", problems)
    row = new_row(subject, order, idempotency_key, correlation_id, acceptance.time_to_live_seconds)
    request_id = row["requestId"]
    envelope = acceptance.seal(payload_of(order), {"service": acceptance.service, "requestId": request_id})
    before = acceptance.submit(row, envelope)
    if before is not None and before.fingerprint != row["fingerprint"]:
        raise Refused(409, "Conflict", ["the idempotency key belongs to another payload"])
    message = "Request accepted" if before is None else "Request accepted before"
    logger.info(message, correlationId=correlation_id, requestId=request_id)
    return request_id, row["status"] if before is None else before.status


def body_of(event: dict[str, Any]) -> bytes:
    body = event.get("body") or ""
    return base64.b64decode(body) if event.get("isBase64Encoded") else body.encode("utf-8", "surrogatepass")


def read_order(body: bytes) -> tuple[Order, list[str]]:
    try:
        value = read_json(body)
    except ValueError:
        return {}, ["the body is not JSON"]
    return value, problems_of(value, ORDER_SCHEMA)


def payload_of(order: Order) -> bytes:
    """No longer than the body that it was read from: what KMS must take was measured there."""
    return json.dumps(order, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def new_row(
    subject: str, order: Order, idempotency_key: str | None, correlation_id: str, time_to_live_seconds: int
) -> RequestRow:
    at = utc()
    # A repetition finds the row of the first time, because it has the same id.
    request_id = str(uuid.uuid4()) if idempotency_key is None else digest([subject, idempotency_key])[:32]
    members = [order["customer"], order["product"], order["quantity"], order.get("note")]
    return {
        "requestId": request_id,
        "status": "PENDING",
        "subject": subject,
        "fingerprint": digest([request_id, *members]),
        "correlationId": correlation_id,
        "createdAt": at,
        "updatedAt": at,
        "expiresAt": int(time.time()) + time_to_live_seconds,
        "attempts": 0,
    }


def digest(values: list[Any]) -> str:
    return hashlib.sha256(json.dumps(values, separators=(",", ":")).encode()).hexdigest()
