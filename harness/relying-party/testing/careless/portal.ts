/** A portal that can be careless: the reference client of デジタル認証アプリ, and one account a browser. */
import { createHash } from "node:crypto";
import {
  DigitalAuthClient,
  type DigitalAuthUser,
  examineSignature,
  PlatformError,
  readUserAttributes,
} from "../../../platform/index.ts";
import type { Surroundings } from "../../driver.ts";
import type { Done, Excursion, NotDone, PortalUnderTest } from "../../system-under-test.ts";
import type { Carelessness } from "./faults.ts";

const REDIRECT_URI = "http://127.0.0.1:1/callback";
const WANTED = ["name", "address", "birthdate", "gender"] as const;

/** @returns what opens a browser */
export async function carelessPortal(
  { digitalAuthApp, deadline, sink }: Surroundings,
  fault: Carelessness | undefined,
): Promise<() => PortalUnderTest> {
  const { origin, profile } = digitalAuthApp;
  const { sealingKey, ...credentials } = await digitalAuthApp.register(REDIRECT_URI);
  const client = await DigitalAuthClient.create({
    ...{ origin, profile, deadline, sink, ...credentials },
    redirectUri: REDIRECT_URI,
    signResultKey: sealingKey,
  });
  return () => browser(client, fault);
}

function browser(client: DigitalAuthClient, fault: Carelessness | undefined): PortalUnderTest {
  let resident: DigitalAuthUser | undefined;
  let applications = 0;
  const visit = async (wish: Parameters<DigitalAuthClient["begin"]>[0], excursion: Excursion) => {
    const pending = await client.begin(wish);
    return client.finish(await excursion(pending.url), pending);
  };
  const accepts = async (text: string, transactionId: string, signer: DigitalAuthUser) => {
    const signed = await client.signResult(transactionId, signer);
    const finding = examineSignature(new TextEncoder().encode(text), signed);
    const isSigner = signer.sub === resident?.sub || fault === "believes any signer";
    return isSigner && (finding === "fits" || fault === "believes any signature");
  };
  return {
    logIn: async (excursion): Promise<Done<{ missing: readonly string[] }>> => {
      try {
        resident = await visit({ attributes: [...WANTED] }, excursion);
        const { missing } = readUserAttributes(resident.claims, WANTED);
        return { done: true, missing: fault === "takes nothing for missing" ? [] : missing };
      } catch (error) {
        if (fault === "logs in who cancelled") return { done: true, missing: [] };
        return refused(error);
      }
    },
    sign: async (text, excursion) => {
      try {
        const hash = new Uint8Array(createHash("sha256").update(text, "utf8").digest());
        const signTransactionId = await client.startSignature(hash);
        const signer = await visit({ signTransactionId }, excursion);
        if (!(await accepts(text, signTransactionId, signer))) {
          return { done: false, reason: "signature", text: "署名を確認できません。" };
        }
        applications += 1;
        return { done: true, applications };
      } catch (error) {
        return refused(error);
      }
    },
  };
}

function refused(error: unknown): NotDone {
  if (!(error instanceof PlatformError)) throw error;
  return { done: false, reason: error.detail ?? error.code, text: "中止しました。" };
}
