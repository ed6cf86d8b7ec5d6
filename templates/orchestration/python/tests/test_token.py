import time
import unittest

from lib.token import Claims, Unauthorized, verify_token
from tests.requests import base64url, part, sign


def verify(authorization: str | None) -> Claims:
    return verify_token(authorization, key="the key", audience="gear-service-name", now=time.time())


class Token(unittest.TestCase):
    def test_tells_who_asks(self) -> None:
        self.assertEqual(verify(sign()).sub, "client-1")
        self.assertEqual(verify(sign(aud=["other", "gear-service-name"], nbf=1)).sub, "client-1")
        self.assertEqual(verify(sign().replace("Bearer", "bearer")).sub, "client-1")

    def test_is_refused_with_a_reason(self) -> None:
        good = sign()
        unsigned = good.rpartition(".")[0]
        not_json = f"Bearer {part({'alg': 'HS256'})}.{base64url(b'[1')}.{good.rpartition('.')[2]}"
        for reason, authorization in [
            ("There is no bearer token", None),
            ("There is no bearer token", "Basic abc"),
            ("There is no bearer token", "Bearer a.b"),
            ("There is no bearer token", f"{unsigned}."),
            ("There is no bearer token", f"{good}\n"),
            ("The token cannot be read", "Bearer a.b.c"),
            ("The token cannot be read", f"Bearer {part([1])}.{part({})}.AAAA"),
            ("The token is not signed with HS256", sign(alg="none")),
            ("The token is not signed with HS256", sign(alg="HS512")),
            ("The token is signed with another key", sign(key="another")),
            ("The token is signed with another key", f"{unsigned}.AAAA"),
            ("The token is signed with another key", not_json),
            ("The token names no subject", sign(sub="")),
            ("The token names no subject", sign(sub=7)),
            ("The token has expired", sign(exp=time.time() - 1)),
            ("The token has expired", sign(exp="never")),
            ("The token cannot be read", sign(exp=float("inf"))),
            ("The token cannot be read", sign(exp=float("nan"))),
            ("The token is not valid yet", sign(nbf=time.time() + 60)),
            ("The token is not valid yet", sign(nbf=None)),
            ("The token is not valid yet", sign(nbf=True)),
            ("The token is meant for somebody else", sign(aud="another")),
            ("The token is meant for somebody else", sign(aud=None)),
        ]:
            with self.subTest(reason, authorization=authorization):
                with self.assertRaisesRegex(Unauthorized, f"^{reason}$"):
                    verify(authorization)
