/**
 * What can be done to a world from outside: the words of its control API and of the command line.
 * `LabControl` is the same for a lab in this process and for one behind HTTP.
 */
import type { AtrName } from "../card/index.ts";
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
import { PERSONAS, type Resident } from "../residents/index.ts";
import type { LabCard } from "./card-box.ts";
import { type CardDesk, cardDesk, type LabWithCards } from "./card-desk.ts";
import { certificateRow, type LabWithResidents, residentRow } from "./control-rows.ts";
import { type LifeEventDetails, type LifeEventName, live } from "./life-events.ts";
import type { CertificateRow, LabAddresses, ResidentRow } from "./rows.ts";
import { findSerial } from "./serial.ts";

/** @throws SimulatorError with the codes of what it calls */
export interface LabControl extends CardDesk {
  addresses(): Promise<LabAddresses>;
  residents(): Promise<ResidentRow[]>;
  resident(id: string): Promise<ResidentRow>;
  /** @param atr how the card answers reset; the most common one without contact when absent */
  newResident(persona: string, atr?: AtrName): Promise<ResidentRow>;
  /** Something happens in a life, and the world gets to see it at once. */
  lifeEvent(id: string, event: LifeEventName, details?: LifeEventDetails): Promise<ResidentRow>;
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
export interface ControlledLab extends LabWithResidents, LabWithCards {
  readonly clock: Clock;
  readonly addresses: LabAddresses;
  readonly jpki: JpkiService;
  readonly residents: readonly Resident[];
  issueCard(persona: string, options?: { readonly atr?: AtrName }): Promise<LabCard>;
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
    newResident: async (persona, atr) => {
      const { resident } = await lab.issueCard(persona, atr === undefined ? {} : { atr });
      return residentRow(lab, resident.id);
    },
    lifeEvent: async (id, event, details) => {
      await live(lab.counter, { id }, event, details);
      lab.jpki.publishNow();
      return saved(residentRow(lab, id));
    },
    certificates: async () =>
      (["auth", "sign"] as const).flatMap((kind) =>
        (["card", "smartphone"] as const)
          .flatMap((carrier) => lab.jpki.generations(kind, carrier))
          .flatMap(({ authority }) => [...authority.issued])
          .map(({ serial }) => certificateRow(lab.jpki, serial)),
      ),
    revoke: async (text, reason, publish) => {
      const serial = findSerial(text, lab.jpki);
      lab.jpki.authorityOf(serial).revoke(serial, parseReason(reason));
      if (publish) lab.jpki.publishNow();
      return saved(certificateRow(lab.jpki, serial));
    },
    planFault: async (request) => {
      planFault(lab, request);
      return request;
    },
    ...cardDesk(lab),
    crl: (kind) => lab.jpki[kind].crl(),
    caCertificate: async (kind) => lab.jpki[kind].authority.certificate.der,
  };
}

export function personaNames(): string[] {
  return PERSONAS.map(({ id }) => id);
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
