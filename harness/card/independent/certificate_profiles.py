"""What the certificates of persons have in common (card-facts sections 7.2 to 7.4)."""

import re
from hashlib import sha1

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from certificates import extension, extension_names, public_key, verify_issued
from expect import expect

POLICIES = "1.2.392.200149.8.5.1"
# Of production; a test hierarchy has another domain.
PRACTICES = r"http://www\.jpki\.[a-z.]+/cps\.html"


def issued_to_person(certificate: x509.Certificate, ca: x509.Certificate) -> None:
    """By its CA, until the end of a day of Japan, for the key it names."""
    verify_issued(certificate, ca)
    end = certificate.not_valid_after
    expect((end.hour, end.minute, end.second) == (14, 59, 59), "it ends with a day of Japan")
    expect(certificate.not_valid_before < end <= ca.not_valid_after, "it ends before its CA")
    key = public_key(certificate).public_bytes(Encoding.DER, PublicFormat.PKCS1)
    own = extension(certificate, x509.SubjectKeyIdentifier).value
    expect(own.digest == sha1(key).digest(), "its key identifier is the SHA-1 of its key")
    expect(extension_names(certificate)[-1] == own.oid.dotted_string, "which comes last")
    _points_at(certificate, ca)


def _points_at(certificate: x509.Certificate, ca: x509.Certificate) -> None:
    authority = extension(certificate, x509.AuthorityKeyIdentifier).value
    of_ca = extension(ca, x509.SubjectKeyIdentifier).value
    expect(authority.key_identifier == of_ca.digest, "it points at its CA's key")
    expect(authority.authority_cert_serial_number == ca.serial_number, "and at its serial number")
    expect(authority.authority_cert_issuer == [x509.DirectoryName(ca.issuer)], "and at its issuer")
    alternative = extension(certificate, x509.IssuerAlternativeName).value
    of_ca = extension(ca, x509.SubjectAlternativeName).value
    expect(list(alternative) == list(of_ca), "its issuer has the CA's Japanese name")


def has_policy(certificate: x509.Certificate, kind: str) -> None:
    policies = extension(certificate, x509.CertificatePolicies)
    names = [policy.policy_identifier.dotted_string for policy in policies.value]
    # The test hierarchy has 0 where the production one has its kind.
    pattern = rf"{re.escape(POLICIES)}\.({kind}|0)\.\d+"
    expect(policies.critical and len(names) == 1, "a certificate has one policy, critical")
    expect(re.fullmatch(pattern, names[0]) is not None, "its policy is of the card's")
    (practices,) = policies.value[0].policy_qualifiers
    expect(re.fullmatch(PRACTICES, practices) is not None, "it points at the CPS")


def lists_revoked_under(certificate: x509.Certificate, ca: x509.Certificate) -> None:
    """The CRL's name: the CA's first three parts, then prefecture and municipality."""
    (point,) = extension(certificate, x509.CRLDistributionPoints).value
    (name,) = (directory.value for directory in point.full_name)
    parts, of_ca = list(name), list(ca.subject)
    expect(parts[:3] == of_ca[:3] and len(parts) == 6, "a CRL's name begins with its CA's")
    expect(parts[3].value == "CRL Distribution Points", "it is among the distribution points")
    kinds = [part.oid for part in parts[4:]]
    expect(kinds == [NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.COMMON_NAME], "OU, then CN")
    expect(parts[5].value.endswith("CRLDP"), "its CN ends with CRLDP")


def asks_ocsp(certificate: x509.Certificate) -> None:
    accesses = extension(certificate, x509.AuthorityInformationAccess).value
    methods = [access.access_method for access in accesses]
    expect(methods == [x509.oid.AuthorityInformationAccessOID.OCSP], "it names a responder")


def has_usage(certificate: x509.Certificate, *wanted: str) -> None:
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment")
    names += ("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    usage = extension(certificate, x509.KeyUsage)
    exactly = x509.KeyUsage(**{name: name in wanted for name in names})
    expect(usage.critical and usage.value == exactly, "a certificate has its usage, critical")
