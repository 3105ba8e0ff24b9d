/** A lab's control API over HTTP, with the same words as a lab in this process. */
import { z } from "zod";
import type {
  CardRow,
  CertificateRow,
  FaultRequest,
  LabAddresses,
  LabControl,
  ResidentRow,
} from "../../simulator/lab/index.ts";
import { BenchError } from "../errors.ts";

const DEADLINE = 10_000;
const refusal = z.object({ code: z.string(), message: z.string() });

/** What a lab refused, with the code it gave. */
class RemoteRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export function remoteControl(address: string): LabControl {
  const base = address.replace(/\/+$/, "");
  const get = <T>(path: string) => json<T>(`${base}/control${path}`);
  const post = <T>(path: string, body: unknown) =>
    json<T>(`${base}/control${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  return {
    addresses: () => get<LabAddresses>("/addresses"),
    residents: () => get<ResidentRow[]>("/residents"),
    resident: (id) => get<ResidentRow>(`/residents/${encodeURIComponent(id)}`),
    newResident: (persona, atr) => post<ResidentRow>("/residents", { persona, atr }),
    lifeEvent: (id, event, details) =>
      post<ResidentRow>(`/residents/${encodeURIComponent(id)}/events`, { event, ...details }),
    exportCard: (id) => text(`${base}/control/cards/${encodeURIComponent(id)}/export`),
    cardImage: (id) => text(`${base}/control/cards/${encodeURIComponent(id)}/image`),
    importCard: (image) => post<CardRow>("/cards/import", { image }),
    unblockPin: (id, pin, value) =>
      post<CardRow>(`/cards/${encodeURIComponent(id)}/unblock`, { pin, value }),
    certificates: () => get<CertificateRow[]>("/certificates"),
    revoke: (serial, reason, publish) =>
      post<CertificateRow>(`/certificates/${encodeURIComponent(serial)}/revocation`, {
        reason,
        publish,
      }),
    planFault: (request) => post<FaultRequest>("/faults", request),
    crl: (kind) => bytes(`${base}/control/ca/${kind}.crl`),
    caCertificate: (kind) => bytes(`${base}/control/ca/${kind}.cer`),
  };
}

async function json<T>(url: string, init?: RequestInit): Promise<T> {
  return (await accepted(url, init)).json() as Promise<T>;
}

async function text(url: string): Promise<string> {
  return (await accepted(url)).text();
}

async function bytes(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await accepted(url)).arrayBuffer());
}

async function accepted(url: string, init?: RequestInit): Promise<Response> {
  const response = await call(url, init);
  if (response.ok) return response;
  const refused = refusal.safeParse(await response.json().catch(() => undefined));
  if (refused.success) throw new RemoteRefusal(refused.data.code, refused.data.message);
  throw new BenchError("LAB_NOT_RUNNING", `${url} answered ${response.status}`);
}

async function call(url: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(DEADLINE) });
  } catch (cause) {
    throw new BenchError("LAB_NOT_RUNNING", `no lab answers at ${url}`, { cause });
  }
}
