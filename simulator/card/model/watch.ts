/** Rules that hold for every answer of every card, whatever went before. */
import { createPrivateKey } from "node:crypto";
import type { CardImage } from "../image.ts";

/** card-facts section 4: statuses of the command table and of the clients' tables. */
export const LEGAL_STATUSES: ReadonlySet<number> = new Set([
  0x9000,
  ...Array.from({ length: 16 }, (_, tries) => 0x63c0 | tries),
  ...[0x6281, 0x6282, 0x6283, 0x6300, 0x6381, 0x6400, 0x6581, 0x66f1, 0x6700, 0x6881, 0x6882],
  ...[0x6981, 0x6982, 0x6984, 0x6985, 0x6986, 0x6987, 0x6988, 0x69fc, 0x6a80, 0x6a81, 0x6a82],
  ...[0x6a83, 0x6a84, 0x6a85, 0x6a86, 0x6a87, 0x6a88, 0x6b00, 0x6d00, 0x6e00, 0x6f00],
]);

/** Tries left of every PIN, by `ap/file`. */
export function triesOf(image: CardImage): Record<string, number> {
  const tries: Record<string, number> = {};
  for (const { name, files } of image.applications) {
    const pins = files.filter((file) => file.kind === "pin").sort((a, b) => a.id - b.id);
    for (const { id, triesLeft } of pins) tries[`${name}/${id}`] = triesLeft;
  }
  return tries;
}

const RECOGNISABLE_BYTES = 12;

/** The beginning of every secret number of every private key, in hexadecimal. */
export function privateParts(image: CardImage): string[] {
  return image.applications.flatMap(({ files }) =>
    files.flatMap((file) => (file.kind === "key" ? secretNumbers(file.privateKey) : [])),
  );
}

function secretNumbers(pkcs8: Uint8Array): string[] {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  const { d, p, q, dp, dq, qi } = key.export({ format: "jwk" });
  return [d, p, q, dp, dq, qi].map((number = "") =>
    Buffer.from(number, "base64url").subarray(0, RECOGNISABLE_BYTES).toString("hex").toUpperCase(),
  );
}
