"""RSA as the card uses it: keys in objects, signatures, CV certificates (card-facts 4.1, 5.5)."""

from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from card import expect
from tlv import children, expect_observed_lengths, read_tlv

DIGEST_INFO = bytes.fromhex("3031300D060960864801650304020105000420")
THREE_DIGESTS = bytes.fromhex("3071300D060960864801650304020105000460")
"""DigestInfo whose OCTET STRING holds three SHA-256 values, card-facts 5.4."""


def digest(data):
    return sha256(data).digest()


def public_key(value):
    """A key written as 90 03 010001 91 82 0100 n."""
    exponent, modulus = children(value, 0x90, 0x91)
    expect(exponent.value == bytes.fromhex("010001"), "the exponent is not 65537")
    expect(len(modulus.value) == 256, f"a modulus of {len(modulus.value)} bytes")
    expect_observed_lengths(modulus)
    return RSAPublicNumbers(65537, int.from_bytes(modulus.value, "big")).public_key()


def expect_signature(key, signature, message, what):
    """RSASSA-PKCS1-v1_5 with SHA-256."""
    try:
        key.verify(signature, message, padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        expect(False, f"{what}: the signature is wrong")


def expect_pss(key, signature, message, what):
    """RSASSA-PSS with SHA-256, MGF1-SHA-256 and 32 bytes of salt."""
    try:
        pss = padding.PSS(padding.MGF1(SHA256()), 32)
        key.verify(signature, digest(message), pss, Prehashed(SHA256()))
    except InvalidSignature:
        expect(False, f"{what}: the PSS signature is wrong")


def expect_padded(key, signature, content, what):
    """PKCS #1 type 1 padding around any content, computed by hand: 00 01 FF .. FF 00 content."""
    numbers = key.public_numbers()
    opened = pow(int.from_bytes(signature, "big"), numbers.e, numbers.n).to_bytes(256, "big")
    filler = b"\xff" * (256 - 3 - len(content))
    expect(opened == b"\0\1" + filler + b"\0" + content, f"{what}: the signature is wrong")


@dataclass(frozen=True)
class Authority:
    """Whose signature a CV certificate has to carry."""

    key_id: bytes
    key: object

    @staticmethod
    def from_json(anchor):
        key = load_der_public_key(bytes.fromhex(anchor["publicKey"]))
        return Authority(bytes.fromhex(anchor["keyId"]), key)


def certified(certificate, authority, what):
    """The subject of a whole CV certificate (568 bytes) as an Authority of its own."""
    expect(len(certificate) == 568, f"{what}: {len(certificate)} bytes")
    expect(certificate[:5].hex() == "7f21820233", f"{what}: starts {certificate[:5].hex()}")
    return certified_bare(certificate[5:], authority, what)


def certified_bare(content, authority, what):
    """As `certified`, for body and signature without the outer object."""
    body, signature = children(content, 0x5F4E, 0x5F37)
    expect(body.header.hex() == "5f4e820129", f"{what}: body starts {body.header.hex()}")
    expect(signature.header.hex() == "5f37820100", f"{what}: signature {signature.header.hex()}")
    issuer, subject, key = body.value[:16], body.value[16:32], body.value[32:]
    for key_id in (issuer, subject):
        expect_key_id(key_id, what)
    expect(issuer == authority.key_id, f"{what}: issued by {describe(issuer)}")
    expect_signature(authority.key, signature.value, body.value, what)
    return Authority(subject, public_key(key))


def key_reference(value):
    """The key inside DF24 and the like: 265 bytes."""
    expect(len(value) == 265, f"a public key of {len(value)} bytes")
    return public_key(value)


def expect_key_id(key_id, what):
    """7 digits, 08 05, 3 digits, 00 00 00, one byte (card-facts 5.5)."""
    well_formed = (
        len(key_id) == 16
        and key_id[:7].isdigit()
        and key_id[7:9] == b"\x08\x05"
        and key_id[9:12].isdigit()
        and key_id[12:15] == bytes(3)
    )
    expect(well_formed, f"{what}: {key_id.hex()} is no key id")


def describe(key_id):
    return f"{key_id[:7].decode('ascii')}/{key_id[9:12].decode('ascii')}"


def bare_key_object(content):
    """EF 0006 of the text application: A1 82 0109 { 90, 91 }."""
    outer, rest = read_tlv(content)
    expect(outer.header.hex() == "a1820109", f"the session key starts {outer.header.hex()}")
    expect(rest == b"", f"{len(rest)} bytes behind the session key")
    return public_key(outer.value)
