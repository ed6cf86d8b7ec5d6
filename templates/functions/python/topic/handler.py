import json
import logging
from typing import Any

logger = logging.getLogger(__name__)


def handler(event: dict[str, Any], context: Any) -> None:
    """What it raises is Lambda's to retry; what fails for good goes to the queue beside the function."""
    for record in event["Records"]:
        take(record["Sns"])


def take(message: dict[str, Any]) -> None:
    # The sender's, so that one search finds what happened before the topic and after it.
    given = message["MessageAttributes"].get("CorrelationId", {}).get("Value")
    found = {"correlationId": given or message["MessageId"], "messageId": message["MessageId"]}
    try:
        on_message(json.loads(message["Message"]))
        logger.info("Message taken", extra=found)
    except Exception:
        logger.exception("Message failed", extra=found)
        raise


def on_message(content: Any) -> None:
    """SNS delivers at least once: what happens here must be able to happen twice."""
    if not isinstance(content, dict):
        raise ValueError("The message is not a JSON object")
