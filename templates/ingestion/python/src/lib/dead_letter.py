"""What travels with a message on its way round.

`ingest` writes it when it hands a message over, `redrive` when it sends one back.
"""

import re
from dataclasses import dataclass
from typing import Any

from lib.failure import Failure


@dataclass(frozen=True)
class Journey:
    # How often redrive has sent this message back so far.
    attempts: int = 0
    first_failed_at: str | None = None
    # None when ingest could not say: it crashed or timed out, and SQS moved the message.
    failure: Failure | None = None


def journey_attributes(journey: Journey) -> dict[str, dict[str, str]]:
    attributes = {"Attempts": {"DataType": "Number", "StringValue": str(journey.attempts)}}
    if journey.first_failed_at is not None:
        attributes["FirstFailedAt"] = text(journey.first_failed_at)
    if journey.failure is not None:
        attributes["FailureKind"] = text(journey.failure.kind)
        attributes["FailureName"] = text(journey.failure.name)
        attributes["FailureMessage"] = text(journey.failure.message)
    return attributes


def read_journey(message: dict[str, Any]) -> Journey:
    values = {name: value.get("stringValue") for name, value in message["messageAttributes"].items()}
    attempts = values.get("Attempts") or ""
    kind = values.get("FailureKind")
    failure = None
    if kind in ("permanent", "transient"):
        failure = Failure(kind, values.get("FailureName") or "", values.get("FailureMessage") or "")
    return Journey(int(attempts) if attempts.isdecimal() else 0, values.get("FirstFailedAt"), failure)


def text(value: str) -> dict[str, str]:
    """SQS refuses an empty value and most control characters, and attributes count against the size of the message."""
    clean = not_in_xml.sub(" ", value)[:1000]
    return {"DataType": "String", "StringValue": clean or "-"}


not_in_xml = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
