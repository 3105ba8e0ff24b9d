"""X.509 certificates of the card: reading them from files (card-facts sections 2.1 and 7)."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from expect import Refuted, expect
from keys import digest_info, verify_signed
from tlv import is_filler

SHA256_WITH_RSA = x509.oid.SignatureAlgorithmOID.RSA_WITH_SHA256


def read_certificate(file: bytes) -> x509.Certificate:
    """DER with a length of two bytes, then filler."""
    expect(file[:2] == b"\x30\x82", "a certificate begins with 30 82")
    size = int.from_bytes(file[2:4], "big") + 4
    expect(size <= len(file), "a certificate ends inside its file")
    expect(is_filler(file[size:]), "behind the certificate is filler")
    try:
        certificate = x509.load_der_x509_certificate(file[:size])
        certificate.extensions
    except ValueError as error:
        raise Refuted("a certificate is DER of X.509") from error
    return certificate


def public_key(certificate: x509.Certificate) -> RSAPublicKey:
    key = certificate.public_key()
    expect(isinstance(key, RSAPublicKey) and key.key_size == 2048, "keys are RSA of 2048 bits")
    expect(key.public_numbers().e == 0x10001, "the exponent is 65537")
    return key


def verify_issued(certificate: x509.Certificate, issuer: x509.Certificate) -> None:
    expect(certificate.issuer == issuer.subject, "a certificate names its CA")
    expect(certificate.signature_algorithm_oid == SHA256_WITH_RSA, "signed by SHA-256 with RSA")
    signed = digest_info(certificate.tbs_certificate_bytes)
    verify_signed(public_key(issuer), certificate.signature, signed, "a certificate")


def extension_names(certificate: x509.Certificate) -> list[str]:
    return [extension.oid.dotted_string for extension in certificate.extensions]


def extension(certificate: x509.Certificate, kind: type):
    try:
        return certificate.extensions.get_extension_for_class(kind)
    except x509.ExtensionNotFound as error:
        raise Refuted(f"a certificate has {kind.oid.dotted_string}") from error
