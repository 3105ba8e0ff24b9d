/** What the modelled card has in its free area; card-facts 6.4 knows of nothing there. */
import { fromHex } from "../../iso7816/index.ts";
import { loadCardAp, lockApplication } from "../free-area.ts";
import type { CardImage } from "../image.ts";
import { TABLES } from "./tables.ts";

const IN_SERVICE = fromHex(TABLES["card-ap"].aid);
const LOCKED = fromHex(TABLES.locked.aid);

/**
 * The card with one application in service and one that the issuer has locked.
 *
 * @param operator public key of whoever runs them, SubjectPublicKeyInfo DER
 */
export function withFreeArea(image: CardImage, operator: Uint8Array): CardImage {
  const inService = loadCardAp(image, {
    aid: IN_SERVICE,
    area: "local",
    pin: "4321",
    issuerKey: operator,
    files: [
      { id: 1, read: "free", content: new Uint8Array(32).fill(0x01) },
      { id: 2, read: "pin", content: new Uint8Array(64).fill(0x02) },
    ],
  });
  const files = [{ id: 1, read: "free", content: Uint8Array.of(0x03) }] as const;
  return lockApplication(loadCardAp(inService, { aid: LOCKED, area: "extended", files }), LOCKED);
}
