/** A window that can be careless: the reference client of 地方認証PF, and a reader the bench lends it. */
import { CardError, JpkiClient, type Secret } from "../../../card/index.ts";
import {
  LocalAuthPfClient,
  type LocalAuthVerdict,
  PlatformError,
} from "../../../platform/index.ts";
import type { Surroundings } from "../../driver.ts";
import type { CounterUnderTest, NotDone } from "../../system-under-test.ts";
import type { Carelessness } from "./faults.ts";

const REVOKED = "失効しています。交付できません。";
const UNCHECKED = "有効性を確認できません。本人確認書類をご提示ください。";

export async function carelessCounter(
  { localAuthPf, reader, sink }: Surroundings,
  fault: Carelessness | undefined,
): Promise<CounterUnderTest> {
  const { baseUrl, profile } = localAuthPf;
  const access = localAuthPf.register("ocsp");
  const client = new LocalAuthPfClient({ baseUrl, profile, method: "ocsp", access, sink });
  let lying = "";
  let receipts = 0;

  /** Why nothing may be printed, if so. */
  const objection = async (certificate: Uint8Array): Promise<NotDone | undefined> => {
    if (fault === "prints without asking") return undefined;
    const result = await resultOf(client, certificate);
    if (result === "valid") return undefined;
    if (result !== undefined && result !== "unconfirmed") return refusal(result, REVOKED);
    if (fault === "prints what could not be checked") return undefined;
    const isCalled = fault === "calls it revoked when it could not check";
    return refusal("unconfirmed", isCalled ? REVOKED : UNCHECKED);
  };

  return {
    present: async (card) => {
      lying = card;
    },
    issueSealCertificate: async ({ pin }) => {
      const device = reader(lying);
      await device.open();
      try {
        const jpki = new JpkiClient(device);
        await jpki.select();
        const objected = await objection(await jpki.authCertificate());
        if (objected !== undefined) return objected;
        await verify(jpki, pin, fault);
        receipts += 1;
        return { done: true, receipt: String(receipts) };
      } catch (error) {
        return wrongPin(error, fault);
      } finally {
        await device.close();
      }
    },
  };
}

/** Undefined where there was no answer that says anything about the certificate. */
async function resultOf(
  client: LocalAuthPfClient,
  certificate: Uint8Array,
): Promise<LocalAuthVerdict["result"] | undefined> {
  try {
    return (await client.verify(certificate, "auth")).result;
  } catch (error) {
    if (error instanceof PlatformError) return undefined;
    throw error;
  }
}

async function verify(jpki: JpkiClient, pin: Secret, fault: Carelessness | undefined) {
  try {
    await jpki.verifyAuthPin(pin);
  } catch (error) {
    if (fault === "tries the PIN again") await jpki.verifyAuthPin(pin);
    throw error;
  }
}

function wrongPin(error: unknown, fault: Carelessness | undefined): NotDone {
  if (!(error instanceof CardError)) throw error;
  const left = fault === "does not tell the tries left" ? "" : `残り${error.triesLeft}回です。`;
  return refusal(error.code, `暗証番号が違います。${left}`);
}

function refusal(reason: string, text: string): NotDone {
  return { done: false, reason, text };
}
