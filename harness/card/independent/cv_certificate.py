"""Card-verifiable certificates: who vouches for a key (card-facts sections 2.7 and 5.5)."""

import re
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from expect import Refuted, expect
from keys import read_key, verify_signature
from tlv import Tlv, read_fields, read_file

CERTIFICATE, BODY, SIGNATURE = 0x7F21, 0x5F4E, 0x5F37
FILE_SIZE = 568
BODY_SIZE = 297
ID_SIZE = 16


@dataclass(frozen=True)
class Anchor:
    """A CA that is trusted: its name and its key."""

    key_id: bytes
    key: RSAPublicKey


@dataclass(frozen=True)
class CvCertificate:
    issuer: bytes
    subject: bytes
    key: RSAPublicKey
    body: bytes
    signature: bytes

    def as_anchor(self) -> Anchor:
        """For the certificate below; only once this one is verified."""
        return Anchor(self.subject, self.key)


def read_cv_certificate(file: bytes) -> CvCertificate:
    """The content of EF 0004: 7F21 around the rest."""
    expect(len(file) == FILE_SIZE, "a CV certificate has 568 bytes")
    return _certificate(*read_file(file, CERTIFICATE, [BODY, SIGNATURE]))


def read_bare_cv_certificate(fields: bytes) -> CvCertificate:
    """The fields without the 7F21 around them, as data object F8 holds them."""
    return _certificate(*read_fields(fields, [BODY, SIGNATURE]))


def verify_cv_certificate(certificate: CvCertificate, issuer: Anchor) -> None:
    expect(certificate.issuer == issuer.key_id, "a CV certificate names the CA that is trusted")
    verify_signature(issuer.key, certificate.signature, certificate.body, "a CV certificate")


def key_number(key_id: bytes) -> str:
    """NNNNNNN/nnn, from seven digits, 08 05, three digits, three zeros and one more byte."""
    found = re.fullmatch(rb"(\d{7})\x08\x05(\d{3})\x00{3}.", key_id, re.DOTALL)
    if found is None:
        raise Refuted("key ids are NNNNNNN/nnn")
    return "/".join(part.decode("ascii") for part in found.groups())


def _certificate(body: Tlv, signature: Tlv) -> CvCertificate:
    expect(len(body.value) == BODY_SIZE, "the body of a CV certificate has 297 bytes")
    issuer, subject = body.value[:ID_SIZE], body.value[ID_SIZE : 2 * ID_SIZE]
    expect(key_number(issuer) != key_number(subject), "nobody certifies himself")
    key = read_key(body.value[2 * ID_SIZE :])
    return CvCertificate(issuer, subject, key, body.value, signature.value)
