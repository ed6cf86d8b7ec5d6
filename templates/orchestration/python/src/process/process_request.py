import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lib.envelope import EncryptionContext, Envelope
from lib.failure import Rejected, cause_of
from lib.log import Logger
from lib.metrics import Metrics
from lib.read_json import read_json
from lib.request_row import QueuedRequest
from process.request_table import InOtherHands, RequestTable
from process.transform import LegacyOrder, transform


@dataclass(frozen=True)
class Processing:
    service: str
    table: RequestTable
    open: Callable[[Envelope, EncryptionContext], bytes]
    place_order: Callable[[LegacyOrder, str], dict[str, Any]]
    logger: Logger
    metrics: Metrics


class LeftInQueue(Exception):
    """Another attempt may help. The log says why already."""

    # In seconds since the epoch, where another invocation has the request in hand: to try again before is of no use.
    until: int | None = None


def process_request(request: QueuedRequest, owner: str, processing: Processing) -> None:
    """Brings a request to its end, once, however often it is delivered.

    Raises when another attempt may help: then it is still in the queue.
    """
    table, logger, metrics = processing.table, processing.logger, processing.metrics
    request_id = request.request_id
    ids = {"requestId": request_id, "correlationId": request.correlation_id}
    # Also the queue forgets what is too old, but only some time later.
    if request.expires_at <= time.time():
        table.end(request_id, "EXPIRED")
        logger.warn("Request expired", **ids)
        metrics.count("RequestsExpired")
        return
    claim = table.claim(request_id, owner)
    if claim == "ended":
        logger.info("Request was at its end before", **ids)
        return
    if isinstance(claim, InOtherHands):
        # The queue may deliver twice: should the other invocation die, the request must still be there.
        logger.info("Request is in other hands", **ids)
        left = LeftInQueue(f"Another invocation is working on {request_id}")
        left.until = claim.until
        raise left
    try:
        payload = processing.open(request.envelope, {"service": processing.service, "requestId": request_id})
        result = processing.place_order(transform(read_json(payload), request_id), request.correlation_id)
        table.end(request_id, "DONE", result=result)
        logger.info("Request done", **ids)
        metrics.count("RequestsDone")
    except Rejected as error:
        cause = cause_of(error)
        table.end(request_id, "FAILED", cause=cause)
        logger.warn("Request rejected", **ids, cause=cause)
        metrics.count("RequestsRejected")
    except Exception as error:
        cause = cause_of(error)
        logger.warn("Request left in its queue", **ids, cause=cause)
        metrics.count("AttemptsFailed")
        table.release(request_id, owner, cause)
        raise LeftInQueue(cause["message"]) from error
