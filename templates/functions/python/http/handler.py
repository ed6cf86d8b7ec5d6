import base64
import json
import logging
import re
from typing import Any

logger = logging.getLogger(__name__)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """What it raises, the API answers with 500 and nothing else."""
    correlation_id = correlation_id_of(event)
    found = {"correlationId": correlation_id, "requestId": event["requestContext"]["requestId"]}
    try:
        status, content = respond(event)
        logger.info("Request answered", extra={**found, "status": status})
        headers = {"content-type": "application/json", "x-correlation-id": correlation_id}
        return {"statusCode": status, "headers": headers, "body": json.dumps(content)}
    except Exception:
        logger.exception("Request failed", extra=found)
        raise


def respond(event: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    name = name_in(event)
    if name is None:
        return 400, {"message": 'The body must be {"name": "..."}'}
    return 200, {"greeting": f"Hello {name}"}


def name_in(event: dict[str, Any]) -> str | None:
    """What comes from outside is checked before anything is done with it."""
    try:
        body = event.get("body") or ""
        content = json.loads(base64.b64decode(body) if event.get("isBase64Encoded") else body)
    except ValueError:
        return None
    name = content.get("name") if isinstance(content, dict) else None
    return name if isinstance(name, str) and name else None


def correlation_id_of(event: dict[str, Any]) -> str:
    """The caller's, unless it could not stand in a log line or a header."""
    given = event["headers"].get("x-correlation-id", "")
    return given if re.fullmatch(r"[A-Za-z0-9_.-]{1,128}", given) else event["requestContext"]["requestId"]
