/**
 * カードAP in the free area (空き領域): applications that municipalities add for their own services.
 *
 * UNVERIFIED throughout: nothing about these is public but that they exist (card-facts 6.4). Here one
 * has working files, a PIN of its own and a key with which whoever runs the service may write.
 */
import { SimulatorError } from "../../errors.ts";
import { type Access, type FileImage, transparentFile } from "../files.ts";
import type { ApplicationImage } from "../image.ts";
import { FOUR_DIGITS, issuedPin, obeys, type PinIssue } from "../pin-rules.ts";
import { isPublicKey } from "../rsa.ts";
import type { CardApFile, CardApSpec } from "../spec.ts";
import { textBytes } from "../tlv-records.ts";
import type { Applet } from "./applet.ts";

/** EF identifiers. */
export const CARD_AP = { pin: 0x0011, issuerKey: 0x0016 } as const;

const PIN: PinIssue = { id: CARD_AP.pin, rule: FOUR_DIGITS, tries: 3, changeable: true };
const LAST_WORKING_FILE = 0x000f;

export const cardAp: Applet = {
  name: "card-ap",
  pinChange: "change-reference-data",
  personalise: ({ cardAps = [] }) => cardAps.map(cardApplication),
};

/** @throws SimulatorError CARD_IMAGE_INVALID for files or PINs such an application cannot have */
export function cardApplication(spec: CardApSpec): ApplicationImage {
  const { aid, area, pin, issuerKey } = spec;
  const update: Access = issuerKey === undefined ? "never" : [CARD_AP.issuerKey];
  const files: FileImage[] = spec.files.map((file) => workingFile(file, update));
  if (pin !== undefined) {
    demand(obeys(FOUR_DIGITS, textBytes(pin)), "the PIN of a card application has four digits");
    files.push(issuedPin(PIN, pin));
  }
  if (issuerKey !== undefined) {
    demand(isPublicKey(issuerKey), "the key of an operator is RSA-2048, SubjectPublicKeyInfo");
    const keyId = new Uint8Array(16);
    const id = CARD_AP.issuerKey;
    files.push({ kind: "public-key", id, purpose: "issuer", keyId, publicKey: issuerKey });
  }
  demand(new Set(files.map(({ id }) => id)).size === files.length, "two files have one identifier");
  return { name: "card-ap", aid, area, locked: false, files };
}

function workingFile({ id, read, content }: CardApFile, update: Access): FileImage {
  demand(id >= 1 && id <= LAST_WORKING_FILE, "a file of a card application is 0001 to 000F");
  const access: Access = read === "pin" ? [CARD_AP.pin] : "free";
  return { ...transparentFile(id, access, content), update };
}

function demand(condition: boolean, wanted: string): void {
  if (!condition) throw new SimulatorError("CARD_IMAGE_INVALID", wanted);
}
