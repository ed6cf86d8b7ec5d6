from typing import TypedDict

from botocore.exceptions import ClientError


class Rejected(Exception):
    """The legacy system looked at the order and refused it: asking again will not change that."""


class Unavailable(Exception):
    """The legacy system did not answer, or could not: it may, some time later."""


class Cause(TypedDict):
    """What is known of a failure, as it stands in a row."""

    name: str
    message: str


def cause_of(error: BaseException) -> Cause:
    return {"name": name_of(error), "message": ": ".join(messages(error))[:1000]}


def name_of(error: BaseException) -> str:
    """AWS's own code where AWS refused."""
    if isinstance(error, ClientError):
        return error.response["Error"]["Code"]
    return type(error).__name__


def messages(error: BaseException) -> list[str]:
    """An error that was raised from another alone would hide that the connection was refused."""
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in chain:
        chain.append(following)
        following = following.__cause__
    return [str(link) or type(link).__name__ for link in chain]
