"""What the client is told before it starts: one JSON document on standard input."""

import json
from dataclasses import dataclass
from typing import TextIO

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from cv_certificate import Anchor


@dataclass(frozen=True)
class Given:
    """Keys in the document are SubjectPublicKeyInfo, and all bytes are hexadecimal."""

    reader: str
    pins: dict[str, str]
    code_a: str
    code_b: str
    anchors: dict[str, Anchor]
    # The public half of the key that the card authenticates by; the card does not give it away.
    card_key: RSAPublicKey
    # Which checks to make (checks.py).
    group: str

    @property
    def birth_key(self) -> str:
        """生年月日: the first six digits of 照合番号B (card-facts section 3)."""
        return self.code_b[:6]


def read_given(source: TextIO) -> Given:
    told = json.load(source)
    anchors = {name: _anchor(entry) for name, entry in told["anchors"].items()}
    return Given(
        reader=told["reader"],
        pins=told["pins"],
        code_a=told["codeA"],
        code_b=told["codeB"],
        anchors=anchors,
        card_key=_key(told["cardKey"]),
        group=told["group"],
    )


def _anchor(entry: dict[str, str]) -> Anchor:
    return Anchor(bytes.fromhex(entry["keyId"]), _key(entry["publicKey"]))


def _key(text: str) -> RSAPublicKey:
    return load_der_public_key(bytes.fromhex(text))
