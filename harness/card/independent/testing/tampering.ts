/** Ways to tamper with a card, and the checks of the client that have to notice each. */
import {
  type CardImage,
  COMMON,
  type FileImage,
  JPKI,
  TEXT,
  VISUAL,
} from "../../../../simulator/card/index.ts";

/** What becomes of a file; `others` is the same file of another card. */
type Change = (mine: FileImage, others: FileImage) => FileImage;

export interface Tampering {
  readonly what: string;
  readonly application: string;
  readonly file: number;
  readonly change: Change;
  readonly noticing: readonly string[];
}

export const TAMPERINGS: readonly Tampering[] = [
  {
    what: "the 個人番号",
    application: "text",
    file: TEXT.myNumber,
    change: bitAt(3),
    noticing: ["text: 個人番号", "text: integrity record"],
  },
  {
    what: "the 4情報 to another person's",
    application: "text",
    file: TEXT.attributes,
    change: ofAnotherCard,
    noticing: [
      "certificates: 署名用",
      "text: 4情報",
      "text: the same person as on the face",
      "text: integrity record",
    ],
  },
  {
    what: "the digest of the 個人番号",
    application: "text",
    file: TEXT.integrityRecord,
    change: bitAt(300),
    noticing: ["text: integrity record"],
  },
  {
    what: "the signature over the digests",
    application: "text",
    file: TEXT.integrityRecord,
    change: bitAt(1),
    noticing: ["text: integrity record"],
  },
  {
    what: "the text application's public key",
    application: "text",
    file: TEXT.applicationKey,
    change: bitAt(270),
    noticing: ["text: signed key of the application", "text: signature of the application"],
  },
  {
    what: "the text application's public key to another card's",
    application: "text",
    file: TEXT.applicationKey,
    change: ofAnotherCard,
    noticing: ["text: signature of the application"],
  },
  {
    what: "the text application's private key",
    application: "text",
    file: TEXT.signingKey,
    change: ofAnotherCard,
    noticing: ["text: signature of the application"],
  },
  {
    what: "the municipality's key",
    application: "text",
    file: TEXT.certificate,
    change: bitAt(400),
    noticing: [
      "text: integrity record",
      "text: CV certificate",
      "text: signed key of the application",
      "text: signature of the application",
    ],
  },
  {
    what: "the CA's signature",
    application: "visual",
    file: VISUAL.certificate,
    change: bitAt(1),
    noticing: [
      "visual: age record",
      "visual: the face and its three digests",
      "visual: the expiry in 照合番号B",
      "visual: picture of 個人番号",
      "visual: one key in all three records",
      "visual: CV certificate",
      "visual: signature of the application",
    ],
  },
  {
    what: "the date of birth in the age record",
    application: "visual",
    file: VISUAL.age,
    change: bitAt(536),
    noticing: ["visual: age record", "visual: one key in all three records"],
  },
  {
    what: "the picture of the address",
    application: "visual",
    file: VISUAL.face,
    change: bitAt(900),
    noticing: [
      "visual: the face and its three digests",
      "visual: the expiry in 照合番号B",
      "visual: one key in all three records",
      "visual: signature of the application",
    ],
  },
  {
    what: "the photo",
    application: "visual",
    file: VISUAL.face,
    change: bitAt(500),
    noticing: [
      "visual: the face and its three digests",
      "visual: the expiry in 照合番号B",
      "visual: one key in all three records",
      "visual: signature of the application",
    ],
  },
  {
    what: "the face to another person's",
    application: "visual",
    file: VISUAL.face,
    change: ofAnotherCard,
    noticing: [
      "text: the same person as on the face",
      "visual: the face and its three digests",
      "visual: one key in all three records",
      "visual: signature of the application",
      "common: the face agrees with the record",
    ],
  },
  {
    what: "the picture of the 個人番号",
    application: "visual",
    file: VISUAL.myNumber,
    change: bitAt(540),
    noticing: ["visual: picture of 個人番号", "visual: one key in all three records"],
  },
  {
    what: "the visual application's private key",
    application: "visual",
    file: VISUAL.signingKey,
    change: ofAnotherCard,
    noticing: ["visual: signature of the application"],
  },
  {
    what: "the key the card authenticates by",
    application: "common",
    file: COMMON.authenticationKey,
    change: ofAnotherCard,
    noticing: ["common: internal authentication"],
  },
  {
    what: "the 利用者証明用 certificate to another person's",
    application: "jpki",
    file: JPKI.authCertificate,
    change: ofAnotherCard,
    noticing: ["jpki: signatures"],
  },
  {
    what: "the 署名用 CA's name",
    application: "jpki",
    file: JPKI.signCaCertificate,
    change: bitAt(600),
    noticing: ["certificates: both CAs", "certificates: 署名用"],
  },
];

/** A card's content after one file of it was tampered with. */
export function tampered(mine: CardImage, others: CardImage, how: Tampering): CardImage {
  const applications = mine.applications.map((application) => {
    if (application.name !== how.application) return application;
    const files = application.files.map((file) =>
      file.id === how.file ? how.change(file, fileOf(others, how)) : file,
    );
    return { ...application, files };
  });
  return { ...mine, applications };
}

function fileOf(image: CardImage, { application, file }: Tampering): FileImage {
  const files = image.applications.find(({ name }) => name === application)?.files;
  const found = files?.find(({ id }) => id === file);
  if (found === undefined) throw new Error(`no file ${file} in ${application}`);
  return found;
}

/** One bit the other way round, `place` bytes from the end. */
function bitAt(place: number): Change {
  return (mine) => {
    if (mine.kind !== "transparent") throw new Error("only transparent files have bits");
    const content = Uint8Array.from(mine.content);
    const at = content.length - place;
    content[at] = (content[at] ?? 0) ^ 1;
    return { ...mine, content };
  };
}

function ofAnotherCard(_mine: FileImage, others: FileImage): FileImage {
  return others;
}
