"""A second opinion on a card, written from card-facts alone and not from the simulator.

Reads one JSON document from standard input (see given.py), asks the card that lies in the named
PC/SC reader, and prints one JSON line a check: {"check", "ok", "detail"}. Neither PINs nor anything
about the holder are printed. The exit code is 1 when a check failed.
"""

import json
import sys

import base_checks as base
import jpki_checks as jpki
import pin_checks as pins
import secure_messaging_checks as messaging
import text_checks as text
import visual_checks as visual
from card import Card, Disagreement
from given import Given

CHECKS = {
    "pins: retry queries": pins.retry_queries,
    "pins: a wrong one": pins.wrong_pin,
    "pins: change": pins.change,
    "pins: encodings": pins.encodings,
    "jpki: token information": jpki.token_information,
    "jpki: availability": jpki.availability,
    "jpki: certificates": jpki.certificates,
    "jpki: reads agree": jpki.reads_agree,
    "jpki: signing": jpki.signing,
    "jpki: rights": jpki.rights,
    "jpki: selection": jpki.selection,
    "text: access": text.access,
    "text: my number": text.my_number,
    "text: attributes": text.attributes,
    "text: integrity record": text.integrity,
    "text: CV certificate": text.cv_certificate,
    "text: information": text.information,
    "text: filler file": text.filler_file,
    "text: AP signature": text.ap_signature,
    "text: session key": text.session_key,
    "visual: access": visual.access,
    "visual: age record": visual.age_record,
    "visual: face": visual.face,
    "visual: number image": visual.number_image,
    "visual: CV certificate": visual.cv_certificate,
    "visual: information": visual.information,
    "visual: filler file": visual.filler_file,
    "visual: AP signature": visual.ap_signature,
    "common: record": base.read_record,
    "common: key references": base.key_references,
    "common: internal authentication": base.internal_authenticate,
    "base: challenge": base.get_challenge,
    "base: data objects": base.data_objects,
    "base: certificate chain": base.chain,
    "base: contact ATR": base.contact_atr,
    "base: terminal certificate": base.terminal_certificate,
    "secure messaging: reading": messaging.reading,
    "secure messaging: refusals": messaging.refusals,
    "secure messaging: lifetime": messaging.lifetime,
    "secure messaging: counter": messaging.counter,
}


def run(card, given, check):
    """(ok, detail). An error that is no disagreement is named by its kind: its text may tell."""
    card.power_cycle()
    try:
        return True, check(card, given)
    except Disagreement as found:
        return False, str(found)
    except Exception as error:
        return False, f"{type(error).__name__} at {place(error)}"


def place(error):
    trace = error.__traceback__
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"


def main():
    given = Given.from_json(json.load(sys.stdin))
    card = Card(given.reader)
    failed = 0
    for name, check in CHECKS.items():
        ok, detail = run(card, given, check)
        failed += not ok
        line = {"check": name, "ok": ok, "detail": detail}
        print(json.dumps(line, ensure_ascii=False), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
