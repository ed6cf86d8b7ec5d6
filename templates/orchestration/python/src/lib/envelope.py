import base64
from dataclasses import dataclass
from typing import Any, TypedDict


class Envelope(TypedDict):
    """An encrypted payload, which only KMS can open. In base64."""

    ciphertext: str


class EncryptionContext(TypedDict):
    """KMS opens an envelope only for the context it was sealed for: put into another request, it stays shut."""

    service: str
    requestId: str


# What KMS encrypts in one call. Beyond it a payload needs a key of its own and AES-GCM, which neither Python's standard
# library nor boto3 has. https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html
MAXIMUM_BYTES = 4096


@dataclass(frozen=True)
class PayloadKey:
    kms: Any
    key_id: str

    def seal(self, payload: bytes, context: EncryptionContext) -> Envelope:
        sealed = self.kms.encrypt(KeyId=self.key_id, Plaintext=payload, EncryptionContext=context)
        return {"ciphertext": base64.b64encode(sealed["CiphertextBlob"]).decode()}

    def open(self, envelope: Envelope, context: EncryptionContext) -> bytes:
        sealed = base64.b64decode(envelope["ciphertext"])
        opened = self.kms.decrypt(KeyId=self.key_id, CiphertextBlob=sealed, EncryptionContext=context)
        return opened["Plaintext"]
