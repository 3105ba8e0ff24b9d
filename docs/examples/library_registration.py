#!/usr/bin/env python3
"""図書館の利用者登録: a municipal system of MKPF 類型② tried from end to end against a lab.

Somebody new comes to the library, puts the card on the reader and is registered. Then life goes on:
the person moves, the status service fails, and works again.

    jpki-bench lab
    python3 library_registration.py http://127.0.0.1:PORT --vpcd 127.0.0.1:35963

Needs Python 3.9 and its standard library, OpenSC and openssl, and a PC/SC service with vpcd. Prints
one JSON document; exit code 1 when anything was not as it has to be.
"""

import argparse
import json
import secrets
import sys
import tempfile

import pcsc_card
from lab_client import LabClient
from municipal_system import MunicipalSystem

READER = "library"


def put_card_on_reader(lab, vpcd):
    """A new resident, whose card lies in the virtual PC/SC reader. Gives the card."""
    card = lab("newResident", persona="adult")["card"]
    host, port = vpcd.rsplit(":", 1)
    lab("addVpcdReader", name=READER, host=host, port=int(port))
    lab("insertCard", name=READER, card=card["id"])
    return card


def identify(system, card):
    """Reads and signs with the card, and has MKPF look at both. Gives (result, answer)."""
    pcsc_card.wait_for_card()
    certificate = pcsc_card.read_certificate()
    challenge = secrets.token_bytes(32)
    signature = pcsc_card.sign(challenge, card["pins"]["auth"])
    return system.validity(certificate, challenge, signature)


def run(lab, vpcd, ca):
    """Every step with what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        system = MunicipalSystem(lab, folder, ca)
        card = put_card_on_reader(lab, vpcd)
        try:
            yield from steps(lab, system, card)
        finally:
            lab("clearFaults")
            lab("removeReader", name=READER)


def steps(lab, system, card):
    result, answer = identify(system, card)
    ppid = system.ppid_of(answer)
    yield "registration", result, "valid"

    yield "signStatus", system.sign_certificate_status(ppid)[0], "unchanged"
    lab("lifeEvent", id=card["resident"], event="move")
    # This function goes by the revocation list, which the platform fetches once a day.
    lab("moveClock", days=2)
    yield "signStatusAfterMove", system.sign_certificate_status(ppid)[0], "maybeChanged"

    lab("planFault", service="ocsp", mode="http-503")
    yield "duringOutage", identify(system, card)[0], "unconfirmed"

    lab("clearFaults")
    result, answer = identify(system, card)
    yield "afterOutage", result, "valid"
    yield "samePerson", system.ppid_of(answer) == ppid, True

    seen = lab("getSeen", platform="mkpfVerification", last=1000)
    proofs = {entry["proof"] for entry in seen if entry["request"] == "validity"}
    yield "proofsOfPossession", sorted(proofs), ["verified"]


def main():
    parser = argparse.ArgumentParser(description="library registration by MKPF 類型②")
    parser.add_argument("lab", help="address of the lab's console")
    parser.add_argument("--vpcd", default="127.0.0.1:35963", help="where vpcd listens")
    parser.add_argument("--ca", help="PEM of the lab's web CA, for a lab with --tls")
    options = parser.parse_args()
    found = list(run(LabClient(options.lab), options.vpcd, options.ca))
    right = all(result == expected for _step, result, expected in found)
    steps_taken = {step: result for step, result, _expected in found}
    print(json.dumps({"passed": right, "steps": steps_taken}, ensure_ascii=False))
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
