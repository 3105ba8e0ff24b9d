/**
 * What can be done to a world from outside: the words of its control API and of the command line.
 * `LabControl` is the same for a lab in this process and for one behind HTTP.
 */
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import {
  type CertificateKind,
  CRL_FAULTS,
  type CrlFault,
  type JpkiService,
  OCSP_FAULTS,
  type OcspFault,
  parseReason,
} from "../pki/index.ts";
import { type MunicipalOffice, PERSONAS, type Resident } from "../residents/index.ts";
import type { LabCard } from "./card-box.ts";
import { serialText } from "./people.ts";
import type { CardRow, CertificateRow, LabAddresses, ResidentRow } from "./rows.ts";
import { findSerial } from "./serial.ts";

export const LIFE_EVENTS = ["move", "lose", "die"] as const;
export type LifeEventName = (typeof LIFE_EVENTS)[number];

/** @throws SimulatorError with the codes of what it calls */
export interface LabControl {
  addresses(): Promise<LabAddresses>;
  residents(): Promise<ResidentRow[]>;
  resident(id: string): Promise<ResidentRow>;
  newResident(persona: string): Promise<ResidentRow>;
  lifeEvent(id: string, event: LifeEventName): Promise<ResidentRow>;
  certificates(): Promise<CertificateRow[]>;
  /** @param publish whether OCSP and lists show it at once, or at their next refresh */
  revoke(serial: string, reason: string, publish: boolean): Promise<CertificateRow>;
  /** Lets requests to a status service meet a fault; mode `none` ends it. */
  planFault(request: FaultRequest): Promise<FaultRequest>;
  /** DER of the current list. */
  crl(kind: CertificateKind): Promise<Uint8Array>;
  /** DER of the CA certificate. */
  caCertificate(kind: CertificateKind): Promise<Uint8Array>;
}

/** Which fault, from which request on, how often and how long. */
export interface FaultRequest {
  readonly service: "ocsp" | "crl";
  /** A name of `OCSP_FAULTS` or `CRL_FAULTS`. */
  readonly mode: string;
  /** Requests that pass first. */
  readonly after?: number | undefined;
  /** Requests that it strikes. */
  readonly times?: number | undefined;
  /** Seconds of the world's clock until it is over. */
  readonly seconds?: number | undefined;
}

/** What control needs of a lab. */
export interface ControlledLab {
  readonly clock: Clock;
  readonly addresses: LabAddresses;
  readonly jpki: JpkiService;
  readonly office: MunicipalOffice;
  readonly residents: readonly Resident[];
  readonly cards: readonly LabCard[];
  issueCard(persona: string): Promise<LabCard>;
  save(): void;
}

export function labControl(lab: ControlledLab): LabControl {
  const saved = <T>(result: T): T => {
    lab.save();
    return result;
  };
  return {
    addresses: async () => lab.addresses,
    resident: async (id) => residentRow(lab, id),
    residents: async () => lab.residents.map((resident) => residentRow(lab, resident.id)),
    newResident: async (persona) => residentRow(lab, (await lab.issueCard(persona)).resident.id),
    lifeEvent: async (id, event) => {
      lab.office[event]({ id });
      lab.jpki.publishNow();
      return saved(residentRow(lab, id));
    },
    certificates: async () =>
      (["auth", "sign"] as const).flatMap((kind) =>
        (["card", "smartphone"] as const)
          .flatMap((carrier) => lab.jpki.generations(kind, carrier))
          .flatMap(({ authority }) => [...authority.issued])
          .map(({ serial }) => certificateRow(lab, serial)),
      ),
    revoke: async (text, reason, publish) => {
      const serial = findSerial(text, lab.jpki);
      lab.jpki.authorityOf(serial).revoke(serial, parseReason(reason));
      if (publish) lab.jpki.publishNow();
      return saved(certificateRow(lab, serial));
    },
    planFault: async (request) => {
      planFault(lab, request);
      return request;
    },
    crl: (kind) => lab.jpki[kind].crl(),
    caCertificate: async (kind) => lab.jpki[kind].authority.certificate.der,
  };
}

export const faultBody = z.strictObject({
  service: z.enum(["ocsp", "crl"]),
  mode: z.string(),
  after: z.int().nonnegative().optional(),
  times: z.int().positive().optional(),
  seconds: z.number().positive().optional(),
});

export const newResidentBody = z.strictObject({ persona: z.string().default("adult") });
export const lifeEventBody = z.strictObject({ event: z.enum(LIFE_EVENTS) });
export const revokeBody = z.strictObject({
  reason: z.string(),
  publish: z.boolean().default(true),
});

export function personaNames(): string[] {
  return PERSONAS.map(({ id }) => id);
}

export function cardRow({ id, resident, pins, authSerial, signSerial }: LabCard): CardRow {
  const row = { id, resident: resident.id, pins, authSerial };
  return signSerial === undefined ? row : { ...row, signSerial };
}

function planFault(lab: ControlledLab, { service, mode, after, times, seconds }: FaultRequest) {
  const end = seconds === undefined ? undefined : lab.clock.now().getTime() + seconds * 1000;
  const when = {
    ...(after === undefined ? {} : { after }),
    ...(times === undefined ? {} : { times }),
    ...(end === undefined ? {} : { until: new Date(end) }),
  };
  const known = service === "ocsp" ? OCSP_FAULTS : CRL_FAULTS;
  if (!Object.hasOwn(known, mode)) {
    const modes = Object.keys(known).join(", ");
    throw new SimulatorError(
      "CONTROL_INVALID",
      `${service} has no fault "${mode}"; it has ${modes}`,
    );
  }
  if (service === "ocsp") lab.jpki.planFault("ocsp", { mode: mode as OcspFault, ...when });
  else lab.jpki.planFault("crl", { mode: mode as CrlFault, ...when });
}

function residentRow(lab: ControlledLab, id: string): ResidentRow {
  const { resident } = lab.office.file({ id });
  const { persona, status, name, address, birthDate } = resident;
  const row = { id, persona, status, name, address, birthDate };
  const card = lab.cards.find((one) => one.resident.id === id);
  return card === undefined ? row : { ...row, card: cardRow(card) };
}

function certificateRow(lab: ControlledLab, serial: number): CertificateRow {
  const authority = lab.jpki.authorityOf(serial);
  const { kind } = authority;
  const { notAfter } = authority.find(serial);
  const revocation = authority.revocation(serial);
  const row = { serial: serialText(serial), kind, notAfter: notAfter.toISOString() };
  if (revocation === undefined) return { ...row, status: "good" };
  const { reason, revokedAt } = revocation;
  return { ...row, status: "revoked", reason, revokedAt: revokedAt.toISOString() };
}

/** For the edges: what came over HTTP or was typed. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw new SimulatorError("CONTROL_INVALID", z.prettifyError(parsed.error).replace(/\n/g, " "));
}
