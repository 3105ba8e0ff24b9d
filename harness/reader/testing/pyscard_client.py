"""
A PC/SC client that shares no line with the bench and costs next to nothing: how many times a second
a card in a reader of the PC/SC service answers a command.

Told by lines of JSON, and answers each with a line:

    {"reader": NAME, "commands": [HEX, ...]}    connects and sends them; each has to succeed
    {"reader": NAME, "milliseconds": N}         sends the last of them for so long; gives its rate

Ends with its standard input.
"""

import json
import statistics
import sys
import time

from smartcard import scard


def checked(status, *results):
    if status != scard.SCARD_S_SUCCESS:
        sys.exit(scard.SCardGetErrorMessage(status))
    return results


class Card:
    def __init__(self, reader, commands):
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        self.card, protocol = checked(
            *scard.SCardConnect(context, reader, scard.SCARD_SHARE_SHARED, protocols)
        )
        t0 = protocol == scard.SCARD_PROTOCOL_T0
        self.pci = scard.SCARD_PCI_T0 if t0 else scard.SCARD_PCI_T1
        for command in commands:
            self.command = list(bytes.fromhex(command))
            self.expected = self.exchange()
            if self.expected[-2:] != [0x90, 0x00]:
                sys.exit(f"{command} answered {bytes(self.expected[-2:]).hex()}")

    def exchange(self):
        (answer,) = checked(*scard.SCardTransmit(self.card, self.pci, self.command))
        return answer

    def rate(self, milliseconds):
        """By the exchange in the middle: what the machine does meanwhile strikes few of them."""
        lasted = []
        began = now = time.perf_counter()
        while now < began + milliseconds / 1000:
            if self.exchange() != self.expected:
                sys.exit("the answer changed")
            before, now = now, time.perf_counter()
            lasted.append(now - before)
        return 1 / statistics.median(lasted)


(context,) = checked(*scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM))
cards = {}
for line in sys.stdin:
    asked = json.loads(line)
    reader = asked["reader"]
    if "commands" in asked:
        cards[reader] = Card(reader, asked["commands"])
        print("ready", flush=True)
    else:
        print(cards[reader].rate(asked["milliseconds"]), flush=True)
