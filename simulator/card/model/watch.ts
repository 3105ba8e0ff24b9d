/** Rules that hold for every answer of every card, whatever went before. */
import { createPrivateKey } from "node:crypto";
import { perImage } from "./per-image.ts";

/** Tries left of every PIN, by `ap/file`. */
export const triesOf = perImage((image): Readonly<Record<string, number>> => {
  const tries: Record<string, number> = {};
  for (const { name, files } of image.applications) {
    for (const file of files) if (file.kind === "pin") tries[`${name}/${file.id}`] = file.triesLeft;
  }
  return tries;
});

const RECOGNISABLE_BYTES = 12;

/** The beginning of every secret number of every private key, in hexadecimal. */
export const privateParts = perImage((image) =>
  image.applications.flatMap(({ files }) =>
    files.flatMap((file) => (file.kind === "key" ? secretNumbers(file.privateKey) : [])),
  ),
);

function secretNumbers(pkcs8: Uint8Array): string[] {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  const { d, p, q, dp, dq, qi } = key.export({ format: "jwk" });
  return [d, p, q, dp, dq, qi].map((number = "") =>
    Buffer.from(number, "base64url").subarray(0, RECOGNISABLE_BYTES).toString("hex").toUpperCase(),
  );
}
