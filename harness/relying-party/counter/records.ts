/**
 * What the window keeps: its access information of 地方認証PF, and a line for each application with the
 * method, result and evidence of every check. No certificate, no PIN (platform-facts XS-05).
 */
import { z } from "zod";

const access = z.strictObject({ id: z.string(), secret: z.string() });

const check = z.strictObject({
  method: z.enum(["ocsp", "crl"]),
  /** Of 地方認証PF; `unreachable` where there was no answer. */
  result: z.string(),
  /** For people. */
  evidence: z.string(),
});

const application = z.strictObject({
  receipt: z.string(),
  at: z.iso.datetime(),
  document: z.enum(["seal", "residence"]),
  outcome: z.string(),
  checks: z.array(check),
});

export const counterRecords = z.strictObject({
  standing: z.strictObject({ ocsp: access, crl: access }).exactOptional(),
  applications: z.array(application),
});

export type Application = z.infer<typeof application>;
export type DocumentKind = Application["document"];
export type CounterRecords = z.infer<typeof counterRecords>;

export const NEW_COUNTER: CounterRecords = { applications: [] };
