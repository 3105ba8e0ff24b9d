/**
 * A counter of MKPF 類型①: the municipal system behind it, the patron's display and the card reader
 * (platform-facts 1.3), played from the first page to the PPID or stopped anywhere between.
 */
import type { CvAnchors, Lab } from "../../../simulator/lab/index.ts";
import type { Mkpf, MkpfProfile } from "../../../simulator/platform/index.ts";
import type { Random } from "../../../simulator/random.ts";
import { type PresentedCard, readForRegistration } from "../../card/index.ts";
import {
  CounterDisplay,
  type CounterPurpose,
  type CounterStep,
  type FinishedVisit,
  type HttpTraceSink,
  MkpfCounterClient,
  type PendingAuthorization,
  registerWithMkpf,
} from "../../platform/index.ts";
import { protocolError } from "../../platform/platform-error.ts";
import { REDIRECT_URI } from "./redirect-uri.ts";

/** One environment of MKPF, and where it is reached. */
export interface MkpfAt {
  readonly platform: Mkpf;
  readonly issuer: string;
}

export interface CounterAsk {
  /** Where answers may be sent; nobody listens there unless it is named. */
  readonly redirectUri?: string;
}

interface Terminal {
  readonly trusted: CvAnchors["visual"];
  readonly random: Random;
  readonly sink: HttpTraceSink;
  readonly profile: MkpfProfile;
}

/** Registers a municipal system with 類型① and sets up its counter. */
export async function openCounter(
  lab: Lab,
  { platform, issuer }: MkpfAt,
  name: string,
  ask: CounterAsk & { readonly sink: HttpTraceSink },
): Promise<Counter> {
  const { redirectUri = REDIRECT_URI, sink } = ask;
  const redirectUris = [redirectUri];
  const credentials = await registerWithMkpf(platform, { name, type: "mkpf-1", redirectUris });
  const { profile } = platform;
  const options = { issuer, ...credentials, redirectUri, profile, sink };
  const client = await MkpfCounterClient.create(options);
  const random = lab.random(`counter/${credentials.clientId}`);
  return new Counter(client, { trusted: lab.cvAnchors.visual, random, profile, sink });
}

/** Methods reject with a `PlatformError`, or a `CardError` of the card that was put on the reader. */
export class Counter {
  readonly client: MkpfCounterClient;
  readonly #terminal: Terminal;

  constructor(client: MkpfCounterClient, terminal: Terminal) {
    this.client = client;
    this.#terminal = terminal;
  }

  /** Sends a display to MKPF for somebody who has come. */
  async receive(purpose: CounterPurpose): Promise<CounterVisit> {
    const pending = await this.client.begin(purpose);
    return this.receiveWith(pending);
  }

  /** As `receive`, for a request that may have been changed on the way. */
  async receiveWith(pending: PendingAuthorization): Promise<CounterVisit> {
    const { profile, sink } = this.#terminal;
    const display = new CounterDisplay({ profile, sink });
    const visit = { client: this.client, pending, display };
    return new CounterVisit(visit, this.#terminal, await display.open(pending.url));
  }

  /** 「一体化」, or 「新規ユーザー登録」 with the 4情報: card, PINs and consent. */
  async register(
    card: PresentedCard,
    { attributes = false }: { readonly attributes?: boolean } = {},
  ): Promise<FinishedVisit> {
    const visit = await this.receive({ mode: "register", attributes });
    const { step } = await visit.present(card);
    if (step === "consent") await visit.decide("allow");
    return visit.finish();
  }

  /** かざし利用: no PIN. */
  async touch(card: PresentedCard): Promise<FinishedVisit> {
    const visit = await this.receive({ mode: "touch" });
    await visit.present(card);
    return visit.finish();
  }
}

/** Somebody at the counter, as far as they have come. */
export class CounterVisit {
  readonly pending: PendingAuthorization;
  readonly #client: MkpfCounterClient;
  readonly #display: CounterDisplay;
  readonly #terminal: Terminal;
  #step: CounterStep;

  constructor(
    visit: { client: MkpfCounterClient; pending: PendingAuthorization; display: CounterDisplay },
    terminal: Terminal,
    step: CounterStep,
  ) {
    this.pending = visit.pending;
    this.#client = visit.client;
    this.#display = visit.display;
    this.#terminal = terminal;
    this.#step = step;
  }

  /** What the display shows now. */
  get step(): CounterStep {
    return this.#step;
  }

  /** Where MKPF sent the display back to. @throws PlatformError PLATFORM_PROTOCOL while it has not */
  get answer(): URL {
    if (this.#step.step === "back") return this.#step.url;
    throw protocolError(`the display is still at "${this.#step.step}"`);
  }

  /** Puts the card on the reader, which reads what the page asks for. */
  async present(card: PresentedCard): Promise<CounterStep> {
    if (this.#step.step !== "card") throw protocolError("the page does not ask for a card");
    const { mode, challenge } = this.#step;
    this.#step = await (mode === "touch" ? this.#touch(card) : this.#register(card, challenge));
    return this.#step;
  }

  async decide(decision: "allow" | "decline"): Promise<CounterStep> {
    this.#step = await this.#display.decide(decision);
    return this.#step;
  }

  /** Turns the answer into a visitor. */
  finish(answer = this.answer): Promise<FinishedVisit> {
    return this.#client.finish(answer, this.pending);
  }

  async #register(card: PresentedCard, challenge: Uint8Array): Promise<CounterStep> {
    return this.#display.handInRegistration(await readForRegistration(card, challenge));
  }

  #touch(card: PresentedCard): Promise<CounterStep> {
    const { trusted, random } = this.#terminal;
    return this.#display.touch(card, { nonce: random.bytes(32), trusted: [trusted] });
  }
}
