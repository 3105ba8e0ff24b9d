/** Revocation lists: the small door to crl-writer.ts and crl-reader.ts. */
import { concat } from "../../iso7816/index.ts";
import { REASON_CODE } from "../authority/revocation.ts";
import { isSignedBy } from "../certificate/certificate.ts";
import type { SigningKey } from "../keys/keys.ts";
import type { RevocationList, RevokedEntry } from "./reader.ts";
import { type ListHead, type RevokedColumns, writeList } from "./writer.ts";

export { type RevocationList, type RevokedEntry, readCrl } from "./reader.ts";

export interface ListEntry extends RevokedEntry {
  readonly serial: number;
}

/** Writes and signs a list with these entries, in their order; gives DER. */
export function makeCrl(
  head: ListHead,
  entries: readonly ListEntry[],
  signer: SigningKey,
): Uint8Array {
  return concat(...writeList(head, toColumns(entries), signer).chunks);
}

export function toColumns(entries: readonly ListEntry[]): RevokedColumns {
  return {
    serials: Uint32Array.from(entries, ({ serial }) => serial),
    revokedAt: Uint32Array.from(entries, ({ revokedAt }) => revokedAt.getTime() / 1000),
    reasons: Uint8Array.from(entries, ({ reason }) => REASON_CODE[reason]),
  };
}

/** Whether `publicKey` (SubjectPublicKeyInfo DER) signed the list. */
export function verifyCrl(list: RevocationList, publicKey: Uint8Array): boolean {
  return isSignedBy(list, publicKey);
}
