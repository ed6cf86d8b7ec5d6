import time
from dataclasses import dataclass
from typing import Any, Literal

from lib.clock import utc
from lib.failure import Cause
from lib.request_row import as_item


@dataclass(frozen=True)
class InOtherHands:
    # In seconds since the epoch: nobody else can take the request up before.
    until: int


Claim = Literal["claimed", "ended"] | InOtherHands


@dataclass(frozen=True)
class RequestTable:
    """The states of requests, as `process` moves them on."""

    dynamodb: Any
    name: str
    lease_seconds: int
    retention_seconds: int

    def claim(self, request_id: str, owner: str) -> Claim:
        """Takes a request up, for as long as one invocation may last.

        `owner` may take up again what it did not finish; anybody else has to wait until it has let go or its time is
        over.
        """
        now = int(time.time())
        found = self._update(
            request_id,
            {"status": "PROCESSING", "claimedBy": owner, "claimedUntil": now + self.lease_seconds},
            "#status = :pending OR (#status = :status AND (#claimedUntil <= :now OR #claimedBy = :claimedBy))",
            {":pending": "PENDING", ":now": now, ":one": 1},
            " ADD attempts :one",
        )
        if found is None:
            return "claimed"
        status = found.get("status", {}).get("S")
        return InOtherHands(int(found["claimedUntil"]["N"])) if status == "PROCESSING" else "ended"

    def release(self, request_id: str, owner: str, cause: Cause) -> None:
        """Lets go of a request whose attempt failed."""
        self._update(
            request_id,
            {"claimedUntil": 0, "cause": cause},
            "#status = :processing AND claimedBy = :owner",
            {":processing": "PROCESSING", ":owner": owner},
        )

    def end(self, request_id: str, status: Literal["DONE", "FAILED", "EXPIRED"], **found: Any) -> None:
        """`found` is the `result` of what is done, the `cause` of what failed."""
        self._update(
            request_id,
            {"status": status, **found, "expiresAt": int(time.time()) + self.retention_seconds},
            "#status IN (:pending, :processing)",
            {":pending": "PENDING", ":processing": "PROCESSING"},
        )

    def _update(
        self, request_id: str, changes: dict[str, Any], condition: str, values: dict[str, Any], add: str = ""
    ) -> dict[str, Any] | None:
        """The row that was in the way (empty when there is none), or `None` when it was changed."""
        changes = {**changes, "updatedAt": utc()}
        assignments = ", ".join(f"#{name} = :{name}" for name in changes)
        try:
            self.dynamodb.update_item(
                TableName=self.name,
                Key=as_item({"requestId": request_id}),
                UpdateExpression=f"SET {assignments}{add}",
                ConditionExpression=condition,
                ExpressionAttributeNames={f"#{name}": name for name in ("status", *changes)},
                ExpressionAttributeValues=as_item({**{f":{name}": value for name, value in changes.items()}, **values}),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self.dynamodb.exceptions.ConditionalCheckFailedException as error:
            return error.response.get("Item", {})
        return None
