from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from lib.clock import utc
from lib.failure import cause_of
from lib.log import Logger
from lib.metrics import Metrics
from lib.quarantine import QuarantineRecord
from lib.queue_message import Unreadable, read_message
from lib.request_row import RequestRow


@dataclass(frozen=True)
class Quarantine:
    fail_request: Callable[[str], RequestRow | None]
    save: Callable[[QuarantineRecord], None]
    logger: Logger
    metrics: Metrics


def quarantine_message(message: dict[str, Any], quarantine: Quarantine) -> None:
    """Keeps what SQS gave up, with its cause.

    The row fails first: should the record not be saved then, the message comes again and finds the row as it left it.
    """
    logger = quarantine.logger
    message_id = message["messageId"]
    kept: dict[str, Any] = {
        "record": {"body": message["body"], "sentAt": sent_at(message)},
        "quarantinedAt": utc(),
    }
    try:
        request = read_message(message["body"])
    except Unreadable as error:
        cause = cause_of(error)
        quarantine.save({**kept, "recordId": message_id, "cause": cause, "attempts": 0})
        logger.error("Message quarantined", messageId=message_id, cause=cause)
        quarantine.metrics.count("RequestsQuarantined")
        return
    ids = {"requestId": request.request_id, "correlationId": request.correlation_id}
    row = quarantine.fail_request(request.request_id)
    if row is None:
        logger.info("Request was at its end before", **ids)
        return
    found = {**ids, "cause": row["cause"], "attempts": row["attempts"]}
    # A request may have been sent twice, and given up twice.
    quarantine.save({**kept, "recordId": request.request_id, **found})
    logger.error("Request quarantined", **found)
    quarantine.metrics.count("RequestsQuarantined")


def sent_at(message: dict[str, Any]) -> str:
    return utc(datetime.fromtimestamp(int(message["attributes"]["SentTimestamp"]) / 1000, timezone.utc))
