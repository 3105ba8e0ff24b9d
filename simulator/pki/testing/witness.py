"""Python's cryptography as a witness of a world's certificates, lists and answers.

Argument: a folder with `world.json` ({"now", "responder", "kinds"}), `auth-ca.der`, `auth.crl`,
`auth/<serial>.der` and the same for `sign`. Asks the responder about every certificate, one request
each, made here. Prints JSON: kind -> serial -> what is to be said of it, and kind -> the list.
"""

import http.client
import json
import sys
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

FOLDER = Path(sys.argv[1])
WORLD = json.loads((FOLDER / "world.json").read_text())
NOW = datetime.fromtimestamp(WORLD["now"], timezone.utc)

# As the standard spells them; the library has spellings of its own.
REASONS = {
    "unspecified": "unspecified",
    "key_compromise": "keyCompromise",
    "ca_compromise": "cACompromise",
    "affiliation_changed": "affiliationChanged",
    "superseded": "superseded",
    "cessation_of_operation": "cessationOfOperation",
    "certificate_hold": "certificateHold",
}


def moment(thing, name):
    """A date with its zone; older versions of the library give it without."""
    aware = getattr(thing, f"{name}_utc", None)
    return aware or getattr(thing, name).replace(tzinfo=timezone.utc)


def words(reason, at):
    name = "unspecified" if reason is None else REASONS[reason.name]
    return f"revoked {name} {at.strftime('%Y-%m-%dT%H:%M:%SZ')}"


def signed(by, signature, content, algorithm):
    try:
        by.public_key().verify(signature, content, padding.PKCS1v15(), algorithm)
        return True
    except InvalidSignature:
        return False


def issued_by(certificate, ca):
    tbs, algorithm = certificate.tbs_certificate_bytes, certificate.signature_hash_algorithm
    return certificate.issuer == ca.subject and signed(ca, certificate.signature, tbs, algorithm)


def validity(certificate):
    if NOW < moment(certificate, "not_valid_before"):
        return "notYetValid"
    return "expired" if moment(certificate, "not_valid_after") < NOW else "current"


def in_list(revocations, serial):
    entry = revocations.get_revoked_certificate_by_serial_number(serial)
    if entry is None:
        return "good"
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except x509.ExtensionNotFound:
        reason = None
    return words(reason, moment(entry, "revocation_date"))


class Responder:
    """One connection for all questions."""

    def __init__(self, url):
        self.url = urlsplit(url)
        self.connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=20)

    def ask(self, certificate, ca, algorithm):
        builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, ca, algorithm)
        body = builder.build().public_bytes(serialization.Encoding.DER)
        headers = {"content-type": "application/ocsp-request"}
        self.connection.request("POST", self.url.path, body, headers)
        return ocsp.load_der_ocsp_response(self.connection.getresponse().read())


def judge(answer, certificate, ca):
    """What an answer says, or what is wrong with it."""
    if answer.response_status != ocsp.OCSPResponseStatus.SUCCESSFUL:
        return f"refused {answer.response_status.name}"
    if answer.serial_number != certificate.serial_number:
        return "about another certificate"
    delegate = answer.certificates[0]
    purposes = delegate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    if not issued_by(delegate, ca) or ExtendedKeyUsageOID.OCSP_SIGNING not in purposes:
        return "by a stranger"
    content, algorithm = answer.tbs_response_bytes, answer.signature_hash_algorithm
    if not signed(delegate, answer.signature, content, algorithm):
        return "with a wrong signature"
    if not moment(answer, "this_update") <= NOW <= moment(answer, "next_update"):
        return "of another time"
    if answer.certificate_status != ocsp.OCSPCertStatus.REVOKED:
        return answer.certificate_status.name.lower()
    return words(answer.revocation_reason, moment(answer, "revocation_time"))


def testimony(kind, responder):
    ca = x509.load_der_x509_certificate((FOLDER / f"{kind}-ca.der").read_bytes())
    revocations = x509.load_der_x509_crl((FOLDER / f"{kind}.crl").read_bytes())
    certificates = {}
    for place, path in enumerate(sorted((FOLDER / kind).glob("*.der"))):
        certificate = x509.load_der_x509_certificate(path.read_bytes())
        algorithm = hashes.SHA1() if place % 2 == 0 else hashes.SHA256()
        certificates[f"{certificate.serial_number:X}"] = {
            "issued": issued_by(certificate, ca),
            "validity": validity(certificate),
            "list": in_list(revocations, certificate.serial_number),
            "ocsp": judge(responder.ask(certificate, ca, algorithm), certificate, ca),
        }
    return {
        "certificates": certificates,
        "list": {
            "signed": revocations.is_signature_valid(ca.public_key()),
            "entries": len(revocations),
            "number": revocations.extensions.get_extension_for_class(
                x509.CRLNumber
            ).value.crl_number,
        },
    }


if __name__ == "__main__":
    responder = Responder(WORLD["responder"])
    print(json.dumps({kind: testimony(kind, responder) for kind in WORLD["kinds"]}))
