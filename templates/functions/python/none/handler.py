import logging
from typing import Any

logger = logging.getLogger(__name__)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    found = {"correlationId": context.aws_request_id}
    try:
        answer = greet(event.get("name"))
        logger.info("Request answered", extra=found)
        return answer
    except Exception:
        logger.exception("Request failed", extra=found)
        raise


def greet(name: Any) -> dict[str, Any]:
    """What comes from outside is checked before anything is done with it."""
    if not isinstance(name, str) or name == "":
        raise ValueError("The request has no name")
    return {"greeting": f"Hello {name}"}
