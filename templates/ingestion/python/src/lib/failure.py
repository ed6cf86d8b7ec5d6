from dataclasses import dataclass
from typing import Literal

from botocore.exceptions import ClientError


class Malformed(Exception):
    """The object itself is wrong: reading it again will not change that."""


class NotReady(Exception):
    """Something that the object needs is not there yet; it may come."""


@dataclass(frozen=True)
class Failure:
    """What is known of a failure, small enough to travel with the message."""

    # `permanent`: never passes. `transient`: worth another try, some time later.
    kind: Literal["permanent", "transient"]
    name: str
    message: str


def describe_failure(error: Exception) -> Failure:
    """Only what is known to be hopeless is permanent: throttling, a missing permission and a bug may all be mended."""
    kind = "permanent" if isinstance(error, Malformed) else "transient"
    return Failure(kind, name_of(error), str(error) or name_of(error))


def name_of(error: Exception) -> str:
    """AWS's own code where AWS refused."""
    if isinstance(error, ClientError):
        return error.response["Error"]["Code"]
    return type(error).__name__
