import base64
import json
import re
from collections.abc import Iterator
from typing import Any


class NotAnOrder(Exception):
    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_order(id: str, event: dict[str, Any]) -> dict[str, Any]:
    """Reads the body of a request; raises with everything that is wrong with it, not only the first."""
    body = parse(event)
    problems = list(problems_of(id, body))
    if problems:
        raise NotAnOrder(problems)
    # Only what was checked is kept.
    lines = [{"sku": line["sku"], "quantity": line["quantity"]} for line in body["lines"]]
    return {"id": id, "customer": body["customer"], "lines": lines}


def problems_of(id: str, body: dict[str, Any]) -> Iterator[str]:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", id):
        yield "the id in the path must be 1 to 64 letters, digits, _ or -"
    if not is_text(body.get("customer")):
        yield "customer must be a text of 1 to 200 characters"
    lines = body.get("lines")
    if not isinstance(lines, list) or not 1 <= len(lines) <= 100:
        yield "lines must be a list of 1 to 100"
    for index, line in enumerate(lines if isinstance(lines, list) else []):
        named = line if isinstance(line, dict) else {}
        quantity = named.get("quantity")
        if not is_text(named.get("sku")):
            yield f"lines[{index}].sku must be a text of 1 to 200 characters"
        # What is true is an int in Python; what is larger, no other language reads exactly.
        if isinstance(quantity, bool) or not isinstance(quantity, int) or not 1 <= quantity < 2**53:
            yield f"lines[{index}].quantity must be a whole number of at least 1"


def is_text(value: Any) -> bool:
    return isinstance(value, str) and 1 <= len(value) <= 200


def parse(event: dict[str, Any]) -> dict[str, Any]:
    text = event.get("body") or ""
    try:
        body = json.loads(base64.b64decode(text) if event["isBase64Encoded"] else text)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise NotAnOrder(["the body must be a JSON object"])
    return body
