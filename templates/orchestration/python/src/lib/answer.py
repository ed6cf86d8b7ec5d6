import json
import re
from decimal import Decimal
from typing import Any


def answer(status_code: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> dict[str, Any]:
    return {
        "statusCode": status_code,
        "headers": {"content-type": "application/json", "cache-control": "no-store", **(headers or {})},
        "body": json.dumps(body, default=plain_number),
    }


def plain_number(value: Any) -> int | float:
    """DynamoDB's numbers are decimals, which JSON does not know."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def correlation_id_of(event: dict[str, Any]) -> str:
    """The caller's own id, when it is one that can stand in a log; otherwise the API's.

    It goes where the request goes.
    """
    given = event["headers"].get("x-correlation-id", "")
    usable = re.fullmatch(r"[\w.:-]{1,64}", given, re.ASCII)
    return given if usable else event["requestContext"]["requestId"]
