"""A device that holds passkeys, for tests: it does what the standard says, and lies where a test tells it to."""

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One passkey. `count` goes up with each use; `flags` say what it claims of its owner."""

    host: str = "involve.example"
    origin: str = "https://involve.example"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: str) -> str:
        """Answer the options of adding a passkey."""
        point = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        held = bytes(16) + len(self.credential_id).to_bytes(2) + self.credential_id + cbor2.dumps(cose)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + held}
        said = self._said("webauthn.create", options)
        return self._answer(said, attestationObject=cbor2.dumps(attestation))

    def use(self, options: str) -> str:
        """Answer the options of signing in."""
        self.count += 1
        said, data = self._said("webauthn.get", options), self._data()
        signature = self.key.sign(data + sha256(said).digest(), ec.ECDSA(SHA256()))
        return self._answer(said, authenticatorData=data, signature=signature)

    def _data(self, more: int = 0) -> bytes:
        return sha256(self.host.encode()).digest() + bytes([self.flags | more]) + self.count.to_bytes(4)

    def _said(self, kind: str, options: str) -> bytes:
        challenge = bytes_to_base64url(base64url_to_bytes(json.loads(options)["challenge"]))
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, said: bytes, **response: bytes) -> str:
        name = bytes_to_base64url(self.credential_id)
        sent: dict[str, Any] = {each: bytes_to_base64url(value) for each, value in response.items()}
        sent["clientDataJSON"] = bytes_to_base64url(said)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": sent})
