import json
from collections.abc import Sequence
from typing import Any


def answer(status: int, body: dict[str, Any], correlation_id: str, type: str = "application/json") -> dict[str, Any]:
    headers = {"content-type": type, "x-correlation-id": correlation_id}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body)}


def problem(status: int, title: str, correlation_id: str, problems: Sequence[str] = ()) -> dict[str, Any]:
    """A refusal in the form of RFC 9457."""
    named = {"problems": list(problems)} if problems else {}
    body = {"title": title, "status": status, **named, "correlationId": correlation_id}
    return answer(status, body, correlation_id, "application/problem+json")
