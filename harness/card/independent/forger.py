"""What somebody does who changes a card's records or makes up his own: for the checks that such a
thing is noticed. Structures as in card-facts sections 5.3 to 5.5."""

from collections.abc import Callable
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from expect import refused
from keys import EXPONENT, SIZE


class Forger:
    """Somebody with an RSA key that no CA has certified."""

    def __init__(self) -> None:
        self._private = rsa.generate_private_key(EXPONENT, 8 * SIZE)
        self.key = self._private.public_key()

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message, padding.PKCS1v15(), SHA256())

    def sign_block(self, block: bytes) -> bytes:
        """Signs any 256 bytes, padded by hand."""
        numbers = self._private.private_numbers()
        modulus = numbers.public_numbers.n
        return pow(int.from_bytes(block, "big"), numbers.d, modulus).to_bytes(SIZE, "big")

    def key_fields(self) -> bytes:
        """The public key as the card's records have it."""
        modulus = self.key.public_numbers().n.to_bytes(SIZE, "big")
        return bytes.fromhex("9003010001") + bytes.fromhex("91820100") + modulus

    def cv_certificate(self, issuer: bytes, subject: bytes) -> bytes:
        """Signed by himself in the name of `issuer`."""
        body = issuer + subject + self.key_fields()
        signature = self.sign(body)
        fields = bytes.fromhex("5F4E820129") + body + bytes.fromhex("5F37820100") + signature
        return bytes.fromhex("7F21820233") + fields

    def integrity(self, number: bytes, covered: bytes) -> bytes:
        """An integrity record over any files."""
        digests = b"".join(
            tag + sha256(data).digest()
            for tag, data in ((b"\xdf\x31\x20", number), (b"\xdf\x32\x20", covered))
        )
        fields = digests + bytes.fromhex("DF33820100") + self.sign(digests)
        return bytes.fromhex("FF3082014B") + fields


def no_bit_may_change(
    record: bytes, verification: Callable[[bytes], object], step: int = 1
) -> None:
    """Turns one bit at every `step`th byte; the verification has to refuse each of the records."""
    for at in range(0, len(record), step):
        changed = bytearray(record)
        changed[at] ^= 1 << at % 8
        refused(f"a bit of byte {at}", verification, bytes(changed))
