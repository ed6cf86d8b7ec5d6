import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lib.answer import answer
from lib.log import Logger
from lib.request_row import RequestRow, RequestStatus
from lib.secret import CachedSecret
from lib.token import Unauthorized, verify_token


@dataclass(frozen=True)
class StatusDesk:
    signing_key: CachedSecret
    audience: str
    read: Callable[[str], RequestRow | None]
    logger: Logger


def answer_status(event: dict[str, Any], desk: StatusDesk) -> dict[str, Any]:
    """Somebody else's request is answered like one that does not exist."""
    authorization = event["headers"].get("authorization")
    try:
        claims = verify_token(authorization, desk.signing_key.value(), desk.audience, time.time())
    except Unauthorized as error:
        desk.logger.warn("Question refused", reason=str(error))
        return answer(401, {"error": "Unauthorized"}, {"www-authenticate": "Bearer"})
    request_id = (event.get("pathParameters") or {}).get("id", "")
    row = desk.read(request_id) if re.fullmatch(r"[0-9a-f-]{32,36}", request_id) else None
    if row is None or row["subject"] != claims.sub:
        return answer(404, {"error": "NotFound"})
    body: dict[str, Any] = {"requestId": request_id, "status": status_at(row, time.time())}
    for name in ("correlationId", "createdAt", "updatedAt", "attempts"):
        body[name] = row[name]
    if row["status"] == "FAILED":
        body["cause"] = row["cause"]
    if row["status"] == "DONE":
        body["result"] = row["result"]
    return answer(200, body)


def status_at(row: RequestRow, now: float) -> RequestStatus:
    """Nobody may have looked at a request since its time ran out."""
    waits = row["status"] in ("PENDING", "PROCESSING")
    return "EXPIRED" if waits and row["expiresAt"] <= now else row["status"]
