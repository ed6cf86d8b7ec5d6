import base64
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from decimal import Decimal
from http.client import HTTPException
from typing import Any

from lib.failure import Rejected, Unavailable
from lib.read_json import read_json
from lib.secret import CachedSecret
from process.transform import LegacyOrder


@dataclass(frozen=True)
class LegacySystem:
    url: str
    # `{"username": ..., "password": ...}`
    credentials: CachedSecret
    timeout_seconds: float

    def place_order(self, order: LegacyOrder, correlation_id: str) -> dict[str, Any]:
        """Places an order.

        The reference goes along as idempotency key, because an order whose answer was lost is placed again.
        """
        login = read_json(self.credentials.value())
        basic = base64.b64encode(f"{login['username']}:{login['password']}".encode()).decode()
        headers = {
            "authorization": f"Basic {basic}",
            "content-type": "application/json",
            "idempotency-key": order["EXT_REF"],
            "x-correlation-id": correlation_id,
        }
        try:
            status, body = self._post(json.dumps(order).encode(), headers)
        except (OSError, HTTPException) as error:
            raise Unavailable("The legacy system does not answer") from reason_of(error)
        if 200 <= status < 300:
            return answer_of(body)
        # The password may have been changed since it was read.
        if status in (401, 403):
            self.credentials.forget()
        sentence = f"The legacy system answers {status}: {body.decode(errors='replace')[:200]}"
        raise Unavailable(sentence) if may_pass(status) else Rejected(sentence)

    def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        deadline = time.monotonic() + self.timeout_seconds
        request = urllib.request.Request(self.url, body, headers, method="POST")
        try:
            response = urllib.request.urlopen(request, timeout=self.timeout_seconds)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            received = b""
            # The timeout of a connection starts anew with each piece that comes; a system that trickles must end, too.
            while piece := response.read1(65536):
                received += piece
                if time.monotonic() > deadline:
                    raise TimeoutError(f"no whole answer within {self.timeout_seconds} seconds")
            return response.status, received


def may_pass(status: int) -> bool:
    """Any other 4xx says that the order itself is wrong."""
    return status >= 500 or status in (401, 403, 408, 425, 429)


def reason_of(error: Exception) -> Exception:
    """urllib wraps what the connection said."""
    reason = getattr(error, "reason", None)
    return reason if isinstance(reason, Exception) else error


def answer_of(body: bytes) -> dict[str, Any]:
    """With numbers as DynamoDB takes them."""
    try:
        answer = read_json(body, parse_float=Decimal)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise Unavailable("The legacy system answers something that is not a JSON object")
    return answer
