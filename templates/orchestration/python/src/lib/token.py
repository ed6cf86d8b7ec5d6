import base64
import hmac
import re
from dataclasses import dataclass
from typing import Any

from lib.read_json import read_json


class Unauthorized(Exception):
    """Why a token is not taken; what it says stays out of the answer and of the log."""


@dataclass(frozen=True)
class Claims:
    sub: str
    exp: float


def verify_token(authorization: str | None, key: str, audience: str, now: float) -> Claims:
    """Checks a JSON Web Token that was signed with the key we share (HS256).

    The algorithm is not taken from the token: one that says `none`, or anything else, is refused.
    https://datatracker.ietf.org/doc/html/rfc7519#section-7.2
    """
    bearer = re.fullmatch(r"Bearer ([\w.-]+)", authorization or "", re.ASCII | re.IGNORECASE)
    parts = bearer[1].split(".") if bearer else []
    if len(parts) != 3 or parts[2] == "":
        raise Unauthorized("There is no bearer token")
    header, payload, signature = parts
    if decoded(header).get("alg") != "HS256":
        raise Unauthorized("The token is not signed with HS256")
    expected = hmac.digest(key.encode(), f"{header}.{payload}".encode(), "sha256")
    if not hmac.compare_digest(from_base64url(signature), expected):
        raise Unauthorized("The token is signed with another key")
    return checked_claims(decoded(payload), audience, now)


def checked_claims(claims: dict[str, Any], audience: str, now: float) -> Claims:
    sub, exp, nbf, aud = (claims.get(name) for name in ("sub", "exp", "nbf", "aud"))
    if not isinstance(sub, str) or sub == "":
        raise Unauthorized("The token names no subject")
    if not is_number(exp) or exp <= now:
        raise Unauthorized("The token has expired")
    if "nbf" in claims and (not is_number(nbf) or nbf > now):
        raise Unauthorized("The token is not valid yet")
    if audience not in (aud if isinstance(aud, list) else [aud]):
        raise Unauthorized("The token is meant for somebody else")
    return Claims(sub, exp)


def is_number(value: Any) -> bool:
    """To Python, `True` is one."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def decoded(part: str) -> dict[str, Any]:
    try:
        value = read_json(from_base64url(part))
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise Unauthorized("The token cannot be read")
    return value


def from_base64url(part: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        raise Unauthorized("The token cannot be read") from None
