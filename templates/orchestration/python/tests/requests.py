"""What the tests send, and what stands in for AWS and for the log."""

import base64
import hmac
import io
import json
import time
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from lib.log import Logger
from lib.metrics import Metrics
from lib.secret import CachedSecret

ORDER = {"customer": "ACME-1", "product": "sim-card", "quantity": 2}


class Secrets:
    """Secrets Manager with one secret, as often as it is asked; a refusal is raised."""

    def __init__(self, *answers: str | Exception) -> None:
        self._answers = list(answers)

    def get_secret_value(self, **_: Any) -> dict[str, str]:
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return {"SecretString": answer}


def signing_key() -> CachedSecret:
    return CachedSecret(Secrets("the key"), "s", 300)


class Silent(Logger):
    """A log that is kept instead of printed."""

    def __init__(self) -> None:
        super().__init__("gear-service-name")
        self.lines: list[dict[str, Any]] = []

    def _write(self, level: str, message: str, fields: dict[str, Any]) -> None:
        self.lines.append({"level": level, "message": message, **fields})


def metrics() -> Metrics:
    return Metrics("gear-service-name", "gear-service-name")


def counted(metrics: Metrics) -> dict[str, int]:
    """What was counted, by name, as CloudWatch reads it from the log."""
    with redirect_stdout(io.StringIO()) as printed:
        metrics.publish()
    line = json.loads(printed.getvalue() or '{"_aws": {"CloudWatchMetrics": [{"Metrics": []}]}}')
    names = [metric["Name"] for metric in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]]
    return {name: sum(line[name]) for name in names}


def sign(alg: str = "HS256", key: str = "the key", **claims: Any) -> str:
    everything = {"sub": "client-1", "aud": "gear-service-name", "exp": time.time() + 60, **claims}
    signed = f"{part({'alg': alg})}.{part(everything)}"
    return f"Bearer {signed}.{base64url(hmac.digest(key.encode(), signed.encode(), 'sha256'))}"


def part(value: Any) -> str:
    return base64url(json.dumps(value).encode())


def base64url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def api_event(headers: dict[str, str] | None = None, **event: Any) -> dict[str, Any]:
    """What the HTTP API gives to Lambda, as far as the handlers look at it."""
    return {
        "body": json.dumps(ORDER),
        "isBase64Encoded": False,
        **event,
        "headers": {"authorization": sign(), **(headers or {})},
        "requestContext": {"requestId": "api-request"},
    }


def read_event(name: str) -> dict[str, Any]:
    return json.loads((Path(__file__).parent.parent / f"events/{name}.json").read_text())
