/**
 * The native host of the browser edition: started by the browser, it reads requests from standard
 * input and writes answers to standard output until the input ends (platform-facts 3.4).
 *
 * A card is touched in two steps. `open` settles who asks, from where and for what, so that nobody is
 * asked for a PIN in vain; `perform` carries the PIN and touches the card, once.
 */
import type { Readable, Writable } from "node:stream";
import { fromWire, meaningOf, toWire } from "../../platform/wire-names.ts";
import { type CardAnswer, encodeAnswer, encodeRefusal } from "../answer.ts";
import { ClientSoftwareError, refusalOf } from "../error.ts";
import { requirePermitted } from "../policy.ts";
import type { AdmissionDesk, CardDesk } from "../ports.ts";
import type { ClientSoftwareProfile } from "../profile.ts";
import { type CardRequest, decodeRequest, objectOf, type Wire } from "../request.ts";
import { ClientSoftware } from "../software.ts";
import { Withheld } from "../withheld.ts";
import { encodeFrame, FrameReader } from "./frames.ts";

export interface HostOptions {
  readonly profile: ClientSoftwareProfile;
  readonly admission: AdmissionDesk;
  readonly desk: CardDesk;
  /** Told of each step and its outcome, without anything secret or personal. */
  readonly log?: (line: string) => void;
}

/** Serves one browser until it lets go. @throws ClientSoftwareError requestInvalid for broken framing */
export async function serveHost(
  input: Readable,
  output: Writable,
  options: HostOptions,
): Promise<void> {
  const session = new HostSession(options);
  const frames = new FrameReader();
  for await (const chunk of input) {
    for (const message of frames.push(chunk as Uint8Array)) {
      output.write(frameOf(options.profile, await session.answer(message)));
    }
  }
}

function frameOf(profile: ClientSoftwareProfile, answer: Wire): Uint8Array {
  const { answerBytesMax } = profile.rules;
  try {
    return encodeFrame(answer, answerBytesMax);
  } catch (error) {
    const refusal = encodeRefusal(profile, refusalOf(error, "answerTooLarge"));
    return encodeFrame(refusal, answerBytesMax);
  }
}

/** One connection: who asks is settled once, then the card may be touched. */
class HostSession {
  readonly #options: HostOptions;
  #opened: { readonly software: ClientSoftware; readonly request: CardRequest } | undefined;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  async answer(message: unknown): Promise<Wire> {
    const { profile, log = () => {} } = this.#options;
    let step = "?";
    try {
      const fields = fromWire(profile.requestFields, objectOf(message));
      step = meaningOf(profile.steps, fields.step) ?? step;
      const answer = await this.#take(step, objectOf(message), fields);
      log(`${step}: ok`);
      return answer;
    } catch (error) {
      const refusal = refusalOf(error, "cardFailed");
      log(`${step}: ${refusal.reason}`);
      return encodeRefusal(profile, refusal);
    }
  }

  async #take(step: string, wire: Wire, fields: { origin?: unknown; pin?: unknown }) {
    const { profile } = this.#options;
    if (step === "open") return this.#open(decodeRequest(profile, wire), fields.origin);
    const opened = this.#opened;
    if (step !== "perform" || opened === undefined) {
      throw new ClientSoftwareError("requestInvalid");
    }
    // Whoever wants the card again has to be looked at again.
    this.#opened = undefined;
    const pin = new Withheld(typeof fields.pin === "string" ? fields.pin : "");
    return encodeAnswer(profile, await perform(opened.software, opened.request, pin));
  }

  async #open(request: CardRequest, origin: unknown): Promise<Wire> {
    const { profile, admission, desk } = this.#options;
    if (typeof origin !== "string") throw new ClientSoftwareError("requestInvalid");
    requirePermitted(request);
    const client = { edition: "extension", origin } as const;
    const software = await ClientSoftware.initialise({ client, admission, desk });
    this.#opened = { software, request };
    return toWire(profile.answerFields, { applicationVersion: profile.versions.application });
  }
}

async function perform(
  software: ClientSoftware,
  request: CardRequest,
  pin: Withheld,
): Promise<CardAnswer> {
  const { operation, challenge = "", birthDateKey = "" } = request;
  switch (operation) {
    case "certificate":
      return { certificate: toBase64(await software.certificate(request)) };
    case "authenticate":
      return {
        signature: toBase64(await software.authenticate(request, pin, fromBase64(challenge))),
      };
    case "attributes":
      return software.attributes(request, pin);
    case "authenticity":
      return { genuine: await software.proveGenuine(request, new Withheld(birthDateKey)) };
  }
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function fromBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text) throw new ClientSoftwareError("requestInvalid");
  return new Uint8Array(bytes);
}
