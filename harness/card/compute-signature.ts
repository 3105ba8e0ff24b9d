/**
 * COMPUTE DIGITAL SIGNATURE, `80 2A 00 P2` (card-facts 4.1): PKCS #1 v1.5 padding around the input,
 * signed with RSA-2048.
 */
import type { Bilingual } from "../../reports/journal/events.ts";
import { dataError } from "./card-error.ts";
import type { Exchange } from "./exchange.ts";

/** The key in the current EF, or the one key of a 券面 AP that needs neither SELECT nor PIN. */
export const KEY = { inCurrentFile: 0x80, ofApplication: 0x00 } as const;

/** Milliseconds: a card may take seconds and says so with waiting time extensions (CR-18). */
export const SIGNING_DEADLINE = 15_000;

export const SIGNATURE_LENGTH = 256;

/**
 * @param digestInfo 1 to 255 bytes, see `digestInfoOf`
 * @throws CardError CARD_SECURITY_STATUS when the key needs a PIN that was not verified
 */
export async function computeSignature(
  exchange: Exchange,
  key: (typeof KEY)[keyof typeof KEY],
  digestInfo: Uint8Array,
  purpose: Bilingual,
): Promise<Uint8Array> {
  const { data } = await exchange({
    cla: 0x80,
    ins: 0x2a,
    p1: 0x00,
    p2: key,
    data: digestInfo,
    ne: SIGNATURE_LENGTH,
    deadline: SIGNING_DEADLINE,
    purpose,
  });
  requireSignature(data, purpose);
  return data;
}

/** @throws CardError CARD_DATA_INVALID unless it is as long as a signature of RSA-2048 */
export function requireSignature({ length }: Uint8Array, purpose: Bilingual): void {
  if (length === SIGNATURE_LENGTH) return;
  throw dataError(purpose, {
    ja: `署名値が${length}バイト（${SIGNATURE_LENGTH}のはず）`,
    en: `the signature has ${length} bytes, not ${SIGNATURE_LENGTH}`,
  });
}
