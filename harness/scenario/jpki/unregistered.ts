/** Certificates that are rightly signed and that no responder has heard of. */
import type { Lab } from "../../../simulator/lab/index.ts";
import {
  CertificateAuthority,
  certifiedText,
  KeyPool,
  SerialCounter,
} from "../../../simulator/pki/index.ts";
import { MUNICIPALITIES } from "../../../simulator/residents/index.ts";
import { cacheFolder } from "../../config/folders.ts";

/** A key nothing else in a world has drawn. */
const FAR_KEY = 12;
const FAR_SERIAL = 0x7a000000;

/**
 * DER of a 利用者証明用 certificate by this world's CA that is missing from its records, as after a
 * loss of data between issuing and the responder.
 */
export async function unregisteredCertificate(lab: Lab): Promise<Uint8Array> {
  const twin = CertificateAuthority.restore(lab.jpki.auth.authority.state, {
    keys: new KeyPool(cacheFolder("keys")).source(FAR_KEY),
    clock: lab.clock,
    random: lab.random("unregistered"),
    serials: new SerialCounter(FAR_SERIAL),
    ocspUrl: lab.addresses.ocsp,
  });
  const { certificate } = await twin.issue({
    municipality: MUNICIPALITIES[0],
    person: {
      name: certifiedText("試験　未登録", {}),
      address: certifiedText("東京都千代田区試験町１丁目１番１号", {}),
      birthDate: "19900102",
      sex: "1",
    },
    cardExpiry: "20991231",
  });
  return certificate;
}
