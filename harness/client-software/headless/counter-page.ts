/**
 * MKPF's page at a counter of 類型①, as its script would use the page API: what かざし利用クライアントソフト
 * read is handed in, and the visit goes on from there (platform-facts 1.3, 3.3).
 */
import type { PageAttributes, Place } from "../../../simulator/client-software/index.ts";
import { fromBase64, toBase64 } from "../../platform/base64.ts";
import {
  CounterDisplay,
  type CounterStep,
  type FinishedVisit,
  type HttpTraceSink,
  type MkpfCounterClient,
} from "../../platform/index.ts";
import { protocolError } from "../../platform/platform-error.ts";
import type { HeadlessPage } from "./browser.ts";

/** A counter of a municipal system; `systems.counter()` gives one. */
interface CounterWithClient {
  readonly client: MkpfCounterClient;
}

export interface PageRegistration {
  /** Changes what is handed in, as a slip of the pen would. */
  readonly misspell?: (read: PageAttributes) => PageAttributes;
}

export class CounterPage {
  readonly #page: HeadlessPage;
  readonly #client: MkpfCounterClient;
  readonly #sink: HttpTraceSink;

  constructor(page: HeadlessPage, { client }: CounterWithClient, sink: HttpTraceSink) {
    this.#page = page;
    this.#client = client;
    this.#sink = sink;
  }

  /** 「新規ユーザー登録」: signs with one PIN, reads the 4情報 with the other, and agrees. */
  async register({ misspell = (read) => read }: PageRegistration = {}): Promise<FinishedVisit> {
    const { kazashi } = this.#page;
    const pending = await this.#client.begin({ mode: "register", attributes: true });
    const display = new CounterDisplay({ sink: this.#sink });
    const asked = await display.open(pending.url);
    if (asked.step !== "card") throw protocolError("the page does not ask for a card");
    const at = { use: "registration", place: "faceToFace" } as const;
    const { certificate } = await kazashi.certificate(at);
    const { signature } = await kazashi.authenticate(at, toBase64(asked.challenge));
    const attributes = misspell(await kazashi.attributes(at));
    await display.handInRegistration({
      certificate: fromBase64(certificate),
      signature: fromBase64(signature),
      ...attributes,
    });
    return this.#client.finish(answerIn(await display.decide("allow")), pending);
  }

  /** かざし利用. @throws ClientSoftwareError, or PlatformError for what MKPF says afterwards */
  async touch(place: Place = "faceToFace"): Promise<FinishedVisit> {
    const pending = await this.#client.begin({ mode: "touch" });
    const display = new CounterDisplay({ sink: this.#sink });
    await display.open(pending.url);
    const certificate = await this.#page.kazashi.touch({ place }, async (read) => {
      const answer = await display.handInCertificate(fromBase64(read));
      return "step" in answer ? undefined : answer.birthDateKey;
    });
    const step = await display.handInTouch(fromBase64(certificate), "genuine");
    return this.#client.finish(answerIn(step), pending);
  }
}

function answerIn(step: CounterStep): URL {
  if (step.step === "back") return step.url;
  throw protocolError(`the display is still at "${step.step}"`);
}
