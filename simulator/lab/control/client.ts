/**
 * A client of the control API of a lab that runs. It knows the operations by the table they are made
 * from; a program in another language knows them by `openapi.json`.
 */
import { z } from "zod";
import { SIMULATOR_ADVICE } from "../../advice.ts";
import { SimulatorError, type SimulatorErrorCode } from "../../errors.ts";
import { pathFields } from "./operation.ts";
import {
  type Answered,
  type Asked,
  CONTROL_BASE,
  type OperationId,
  operationOf,
} from "./operations.ts";

/** Longer than any operation takes: a card that is put in waits for pcscd. */
const DEADLINE = 30_000;

/** A connection that is kept would be found dead when the lab was started anew on its ports. */
const CLOSING = { connection: "close" };

/**
 * Asks for one operation.
 *
 * @throws SimulatorError what the lab refused, LAB_NOT_RUNNING when none answers
 */
export type LabClient = <Id extends OperationId>(
  id: Id,
  // biome-ignore lint/complexity/noBannedTypes: an operation without fields is asked with nothing
  ...asked: {} extends Asked<Id> ? [asked?: Asked<Id>] : [asked: Asked<Id>]
) => Promise<Answered<Id>>;

/**
 * @param address of the lab's console
 * @example
 * const lab = labClient("http://127.0.0.1:8080");
 * const { id } = await lab("newResident", { persona: "adult" });
 * await lab("lifeEvent", { id, event: "move", to: "28100" });
 */
export function labClient(address: string, send: typeof fetch = fetch): LabClient {
  const base = address.replace(/\/+$/, "") + CONTROL_BASE;
  return async (id, ...[asked]) => {
    const { url, init } = request(id, base, { ...asked });
    const response = await sent(send, url, init);
    const answer = await (response.ok ? read(id, response) : refuse(response, url));
    return answer as Answered<typeof id>;
  };
}

function request(id: OperationId, base: string, asked: Record<string, unknown>) {
  const operation = operationOf(id);
  const { method } = operation;
  const inPath = new Set(pathFields(operation));
  const path = operation.path.replace(/:(\w+)/g, (_match, name: string) =>
    encodeURIComponent(String(asked[name] ?? "")),
  );
  const others = Object.entries(asked).filter(
    ([name, value]) => !inPath.has(name) && value !== undefined,
  );
  if (method === "GET" || method === "DELETE") {
    const query = new URLSearchParams(
      Object.fromEntries(others.map(([name, value]) => [name, String(value)])),
    );
    const url = `${base}${path}${query.size > 0 ? `?${query}` : ""}`;
    return { url, init: { method, headers: CLOSING } };
  }
  const headers = { ...CLOSING, "content-type": "application/json" };
  const body = JSON.stringify(Object.fromEntries(others));
  return { url: base + path, init: { method, headers, body } };
}

async function sent(send: typeof fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    return await send(url, { ...init, signal: AbortSignal.timeout(DEADLINE) });
  } catch (cause) {
    throw new SimulatorError("LAB_NOT_RUNNING", `no lab answers at ${url}`, { cause });
  }
}

async function read(id: OperationId, response: Response): Promise<unknown> {
  const { type, answer } = operationOf(id);
  if (type === undefined) return response.json();
  if (answer instanceof z.ZodString) return response.text();
  return new Uint8Array(await response.arrayBuffer());
}

const refusal = z.object({ code: z.string(), message: z.string() });

async function refuse(response: Response, url: string): Promise<never> {
  const said = refusal.safeParse(await response.json().catch(() => undefined));
  if (said.success && Object.hasOwn(SIMULATOR_ADVICE, said.data.code)) {
    throw new SimulatorError(said.data.code as SimulatorErrorCode, said.data.message);
  }
  const why = said.success ? `: ${said.data.message}` : "";
  throw new SimulatorError("LAB_NOT_RUNNING", `${url} answered ${response.status}${why}`);
}
