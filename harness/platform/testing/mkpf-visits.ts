/** Visits of a person with a card to MKPF's pages at a counter of 類型①, for tests. */
import { FIRST_CERTIFICATE } from "../../../simulator/platform/testing/certificates.ts";
import type { CounterDisplay, CounterStep } from "../counter-display.ts";
import type { CounterPurpose, MkpfCounterClient } from "../mkpf-counter-client.ts";
import { signByCard } from "./mkpf.ts";

export const TARO = {
  name: "試験　太郎",
  address: "東京都試験区１",
  birthDate: "19900102",
  sex: "1",
};

/** The card signs, then its text is read. */
export function readCard(step: CounterStep, certificate = FIRST_CERTIFICATE) {
  if (step.step !== "card") throw new Error(`the page is ${step.step}`);
  return { certificate, signature: signByCard(step.challenge), ...TARO };
}

export function backAt(step: CounterStep): URL {
  if (step.step !== "back") throw new Error(`still on the page: ${step.step}`);
  return step.url;
}

/** From the first page to the PPID, with PINs and consent. */
export async function register(
  display: CounterDisplay,
  system: MkpfCounterClient,
  purpose: Partial<CounterPurpose> = {},
) {
  const visit = await system.begin({ mode: "register", ...purpose });
  const reading = await display.open(visit.url);
  await display.handInRegistration(readCard(reading));
  return system.finish(backAt(await display.decide("allow")), visit);
}

interface Touch {
  readonly authenticity?: "genuine" | "failed";
  readonly certificate?: Uint8Array;
}

/** かざし利用, from the first page to the PPID. */
export async function touch(
  display: CounterDisplay,
  system: MkpfCounterClient,
  { authenticity = "genuine", certificate = FIRST_CERTIFICATE }: Touch = {},
) {
  const visit = await system.begin({ mode: "touch" });
  await display.open(visit.url);
  const key = await display.handInCertificate(certificate);
  const step = "birthDateKey" in key ? await display.handInTouch(certificate, authenticity) : key;
  return system.finish(backAt(step), visit);
}
