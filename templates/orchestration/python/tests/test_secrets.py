import hashlib
import json
import unittest
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from lib.envelope import PayloadKey
from lib.secret import CachedSecret
from tests.requests import Secrets

CONTEXT = {"service": "gear-service-name", "requestId": "request-1"}


class Secret(unittest.TestCase):
    def test_is_asked_for_once_until_it_is_too_old_or_did_not_hold(self) -> None:
        now = 0.0
        secret = CachedSecret(Secrets("value 1", "value 2", "value 3"), "s", 300, lambda: now)
        with ThreadPoolExecutor(4) as pool:
            self.assertEqual([value for value in pool.map(lambda _: secret.value(), range(4))], ["value 1"] * 4)
        now = 299.9
        self.assertEqual(secret.value(), "value 1")
        now = 300.0
        self.assertEqual(secret.value(), "value 2")
        secret.forget()
        self.assertEqual(secret.value(), "value 3")

    def test_is_asked_for_again_after_a_refusal(self) -> None:
        secret = CachedSecret(Secrets(PermissionError("denied"), "value"), "s", 300)
        with self.assertRaisesRegex(PermissionError, "denied"):
            secret.value()
        self.assertEqual(secret.value(), "value")


class Kms:
    """Opens only what was sealed under the same context, unchanged."""

    def encrypt(self, KeyId: str, Plaintext: bytes, EncryptionContext: Any) -> dict[str, bytes]:
        return {"CiphertextBlob": mark(KeyId, EncryptionContext, Plaintext) + Plaintext[::-1]}

    def decrypt(self, KeyId: str, CiphertextBlob: bytes, EncryptionContext: Any) -> dict[str, bytes]:
        plaintext = CiphertextBlob[32:][::-1]
        if CiphertextBlob[:32] != mark(KeyId, EncryptionContext, plaintext):
            raise PermissionError("InvalidCiphertextException")
        return {"Plaintext": plaintext}


def mark(*parts: Any) -> bytes:
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).digest()


class Envelope(unittest.TestCase):
    def test_gives_its_payload_back_and_stays_shut_for_another_request(self) -> None:
        key = PayloadKey(Kms(), "key")
        envelope = key.seal(b"the payload", CONTEXT)
        self.assertNotIn("payload", envelope["ciphertext"])
        self.assertEqual(key.open(envelope, CONTEXT), b"the payload")
        with self.assertRaises(PermissionError):
            key.open(envelope, {**CONTEXT, "requestId": "request-2"})
