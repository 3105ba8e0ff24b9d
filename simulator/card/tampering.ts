/**
 * Cards as they should not be: what somebody does to one, or to a copy of one, without the issuer.
 */
import { equal } from "../iso7816/index.ts";
import { COMMON, COMMON_AID } from "./applets/common.ts";
import { VISUAL, VISUAL_AID } from "./applets/visual.ts";
import type { FileImage } from "./files.ts";
import type { CardImage } from "./image.ts";
import { textBytes } from "./tlv-records.ts";

const DAY_LENGTH = 8;

/**
 * The card with another last day of validity in its number record, as after a shortened 在留期間. The
 * certificates stay as they are, and so go on looking valid.
 *
 * UNVERIFIED: whether an issuer would leave the certificates alone.
 *
 * @param day YYYYMMDD
 */
export function withLastDay(image: CardImage, day: string): CardImage {
  return withChangedFile(image, COMMON_AID, COMMON.cardNumber, (file) => {
    if (file.kind !== "record") return file;
    const records = file.records.map((record) => {
      const changed = record.slice();
      changed.set(textBytes(day), record.length - DAY_LENGTH);
      return changed;
    });
    return { ...file, records };
  });
}

/**
 * A copy of everything that can be read, on a card of somebody else's making: the key of the visual
 * application is another one than the copied records speak of (platform-facts CR-31).
 *
 * @param privateKey PKCS #8 DER, RSA-2048
 */
export function withForeignKey(image: CardImage, privateKey: Uint8Array): CardImage {
  return withChangedFile(image, VISUAL_AID, VISUAL.signingKey, (file) =>
    file.kind === "key" ? { ...file, privateKey } : file,
  );
}

function withChangedFile(
  image: CardImage,
  aid: Uint8Array,
  id: number,
  change: (file: FileImage) => FileImage,
): CardImage {
  const applications = image.applications.map((ap) =>
    equal(ap.aid, aid)
      ? { ...ap, files: ap.files.map((file) => (file.id === id ? change(file) : file)) }
      : ap,
  );
  return { ...image, applications };
}
