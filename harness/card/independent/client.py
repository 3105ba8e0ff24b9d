"""An independent client of the card: written from card-facts alone, in another language, with
other libraries, so that an error of the simulator cannot hide in code both sides share.

Reads what it is given (given.py) from standard input, holds the card in the reader against
card-facts, and prints one JSON object a check. Ends with 1 when a check failed.
"""

import sys

# The order of these lines is the order of the checks.
import pin_checks
import jpki_checks
import certificate_checks
import text_checks
import visual_checks
import application_signature_checks
import common_checks
import base_checks
import secure_messaging_checks
import tampering_text_checks
import tampering_visual_checks
import tampering_key_checks
from card import Card
from checks import run_checks
from given import read_given
from reader import Reader


def main() -> int:
    given = read_given(sys.stdin)
    reader = Reader(given.reader)
    passed = True
    try:
        for result in run_checks(Card(reader), given):
            print(result.line(), flush=True)
            passed = passed and result.ok
    finally:
        reader.close()
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
