"""RSA as the card uses it (RFC 8017; card-facts sections 4.1 and 5.4)."""

from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers

from expect import Refuted, expect
from tlv import read_fields

SIZE = 256
EXPONENT = 0x10001
SHA256_INFO = bytes.fromhex("3031300D060960864801650304020105000420")
# The same header with room for three digests (section 5.4).
THREE_SHA256_INFO = bytes.fromhex("3071300D060960864801650304020105000460")


def read_key(fields: bytes) -> RSAPublicKey:
    """A public key from its fields: 90 exponent, 91 modulus."""
    exponent, modulus = read_fields(fields, [0x90, 0x91])
    expect(exponent.value == EXPONENT.to_bytes(3, "big"), "the exponent is 65537")
    expect(len(modulus.value) == SIZE and modulus.value[0] >= 0x80, "the modulus has 2048 bits")
    expect(modulus.value[-1] & 1 == 1, "the modulus is odd")
    return RSAPublicNumbers(EXPONENT, int.from_bytes(modulus.value, "big")).public_key()


def digest_info(message: bytes) -> bytes:
    return SHA256_INFO + sha256(message).digest()


def three_digests(first: bytes, second: bytes, third: bytes) -> bytes:
    """The DigestInfo the face is signed by: its one OCTET STRING holds three digests."""
    return THREE_SHA256_INFO + b"".join(sha256(part).digest() for part in (first, second, third))


def verify_signature(key: RSAPublicKey, signature: bytes, message: bytes, what: str) -> None:
    """RSASSA-PKCS1-v1_5 with SHA-256."""
    verify_signed(key, signature, digest_info(message), what)


def verify_signed(key: RSAPublicKey, signature: bytes, wanted: bytes, what: str) -> None:
    """RSASSA-PKCS1-v1_5 over bytes that are compared whole: a DigestInfo, or what stands for it."""
    try:
        signed = key.recover_data_from_signature(signature, padding.PKCS1v15(), None)
    except (InvalidSignature, ValueError) as error:
        raise Refuted(f"{what} is signed by its key") from error
    expect(signed == wanted, f"{what} is what was signed")


def verify_pss(key: RSAPublicKey, signature: bytes, message: bytes, what: str) -> None:
    """RSASSA-PSS with SHA-256, MGF1 with SHA-256, and a salt as long as the digest."""
    scheme = padding.PSS(padding.MGF1(hashes.SHA256()), hashes.SHA256().digest_size)
    try:
        key.verify(signature, message, scheme, hashes.SHA256())
    except InvalidSignature as error:
        raise Refuted(f"{what} is signed by its key") from error


def same_key(one: RSAPublicKey, other: RSAPublicKey) -> bool:
    return one.public_numbers() == other.public_numbers()
