/** 住基AP: of its contents only a key reference and the 住民基本台帳用 PIN are known (card-facts 2.4). */
import { fromHex } from "../../iso7816/index.ts";
import { FOUR_DIGITS, issuedPin, type PinIssue } from "../pin-rules.ts";
import type { Applet } from "./applet.ts";
import { keyReferenceFile } from "./common.ts";

export const JUKI_AID = fromHex("D3921000310001010401");

/** EF identifiers. */
export const JUKI = { keyReference: 0x0002, pin: 0x001c } as const;

const PIN: PinIssue = { id: JUKI.pin, rule: FOUR_DIGITS, tries: 3, changeable: true };

export const juki: Applet = {
  name: "juki",
  pinChange: "change-key",
  personalise: ({ pinless, pins }) => [
    {
      name: "juki",
      aid: JUKI_AID,
      locked: false,
      files: [keyReferenceFile(JUKI.keyReference), issuedPin(PIN, pinless ? undefined : pins.juki)],
    },
  ],
};
