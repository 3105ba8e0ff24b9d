/** 券面事項確認AP: the face of the card as pictures, with its signatures. Files: card-facts 2.3. */
import { fromHex } from "../../iso7816/index.ts";
import { birthKey, birthKeyIssue, codeA, codeAIssue, codeB, codeBIssue } from "../codes.ts";
import { type FileImage, privateKeyFile, transparentFile } from "../files.ts";
import { municipalityCertificate } from "../issuer-keys.ts";
import { issuedPin } from "../pin-rules.ts";
import type { CardSpec } from "../spec.ts";
import { filler } from "../tlv-records.ts";
import { ageRecord, faceRecord, myNumberPicture, visualInformation } from "../visual-records.ts";
import type { Applet } from "./applet.ts";

export const VISUAL_AID = fromHex("D3921000310001010402");

/** EF identifiers. Beware: 照合番号A and B stand the other way round than in the text application. */
export const VISUAL = {
  age: 0x0001,
  face: 0x0002,
  basicInformation: 0x0003,
  certificate: 0x0004,
  myNumber: 0x0005,
  birthKey: 0x0011,
  codeB: 0x0012,
  codeA: 0x0013,
  signingKey: 0x001a,
} as const;

/** No PIN of this application is the holder's to change. */
export const visual: Applet = {
  name: "visual",
  defaultKey: VISUAL.signingKey,
  personalise: (spec) => [
    {
      name: "visual",
      aid: VISUAL_AID,
      locked: false,
      files: [...data(spec), ...signedRecords(spec), ...secrets(spec)],
    },
  ],
};

function data(spec: CardSpec): FileImage[] {
  return [
    transparentFile(VISUAL.basicInformation, "free", visualInformation(spec)),
    transparentFile(0x0006, [VISUAL.codeA, VISUAL.codeB], filler(16)),
  ];
}

function signedRecords(spec: CardSpec): FileImage[] {
  const { issuer, visualKey } = spec;
  if (issuer === undefined) return [];
  const certificate = municipalityCertificate("visual", issuer, spec);
  const files: FileImage[] = [transparentFile(VISUAL.certificate, "free", certificate)];
  if (visualKey === undefined) return files;
  const keys = { card: visualKey, municipality: issuer.municipality };
  const face = faceRecord(spec, keys);
  return [
    ...files,
    transparentFile(VISUAL.age, [VISUAL.birthKey], ageRecord(spec, keys)),
    transparentFile(VISUAL.face, [VISUAL.codeA, VISUAL.codeB], face),
    transparentFile(VISUAL.myNumber, [VISUAL.codeA], myNumberPicture(spec, keys)),
  ];
}

function secrets(spec: CardSpec): FileImage[] {
  const pins = [
    issuedPin(birthKeyIssue(VISUAL.birthKey), birthKey(spec)),
    issuedPin(codeBIssue(VISUAL.codeB), codeB(spec)),
    issuedPin(codeAIssue(VISUAL.codeA), codeA(spec)),
  ];
  if (spec.visualKey === undefined) return pins;
  return [...pins, privateKeyFile(VISUAL.signingKey, "signature", "free", spec.visualKey)];
}
