/**
 * The side of an operator's terminal towards カードAP搭載システム, at a counter or in a kiosk: has an
 * application loaded on the card that lies on it, deleted, or judged (card-facts section 6.4).
 *
 * Every step is sent once. A terminal that got no answer begins again with `start`, which takes up what
 * was broken off, so nothing is loaded twice.
 */
import {
  type CardApLoaderProfile,
  DEFAULT_CARD_AP_LOADER_PROFILE,
} from "../../simulator/platform/card-ap-loader/profile.ts";
import type { Standing } from "../../simulator/platform/card-ap-loader/standing.ts";
import { fromWire, toWire } from "../../simulator/platform/wire.ts";
import { codeOf, readObject, readText } from "./answer-fields.ts";
import { createExchange, type Exchange, type HttpTraceSink } from "./exchange.ts";
import { askJson } from "./json-api.ts";
import { protocolError } from "./platform-error.ts";
import { type FieldRules, FORM } from "./redaction.ts";
import { requireSafeAddress } from "./safe-address.ts";

type Profile = CardApLoaderProfile;
type Path = keyof Profile["paths"];
type Result = keyof Profile["results"];

export interface CardApLoaderClientOptions {
  readonly baseUrl: string;
  /** Access information of the operator. */
  readonly access: { readonly id: string; readonly secret: string };
  readonly profile?: CardApLoaderProfile;
  /** Who this is, in traces. */
  readonly peer?: string;
  readonly sink?: HttpTraceSink;
  /** Milliseconds. Default 5000. */
  readonly deadline?: number;
}

/** One application of the operator on one card. */
export interface CardApplication {
  /** Fifteen digits: `serial` of `CommonApClient.cardNumber`. */
  readonly card: string;
  /** DF name, upper-case hexadecimal. */
  readonly application: string;
}

export type LoadingChannel = keyof Profile["channels"];

export interface StartedLoading {
  /** `resumed`: one that was broken off is taken up again. */
  readonly result: "started" | "resumed";
  readonly loading: string;
}

export interface CardApInventory {
  readonly applications: readonly { readonly application: string; readonly standing: Standing }[];
  readonly area: keyof Profile["areas"];
  /** Bytes. */
  readonly free: number;
}

/** Everything throws PlatformError PLATFORM_REFUSED, PLATFORM_UNREACHABLE or PLATFORM_PROTOCOL. */
export class CardApLoaderClient {
  readonly #options: CardApLoaderClientOptions;
  readonly #profile: Profile;
  readonly #exchange: Exchange;

  /** @throws BenchError CONFIG_INVALID for plain HTTP to another machine */
  constructor(options: CardApLoaderClientOptions) {
    const { peer = "カードAP搭載システム", sink = () => {}, deadline = 5000 } = options;
    this.#options = options;
    this.#profile = options.profile ?? DEFAULT_CARD_AP_LOADER_PROFILE;
    requireSafeAddress(new URL(options.baseUrl));
    this.#exchange = createExchange({ peer, rules: rulesFor(this.#profile), sink, deadline });
  }

  /** Begins a loading, or takes one up again. */
  async start(
    place: CardApplication,
    channel: LoadingChannel = "counter",
  ): Promise<StartedLoading> {
    const fields = await this.#ask("start", {
      ...place,
      channel: this.#profile.channels[channel],
    });
    const result = this.#result(fields.result, ["started", "resumed"]);
    return { result, loading: readText(fields.loading, "loading") };
  }

  /** Puts the application on the card, not usable yet. */
  async write(loading: string): Promise<void> {
    this.#result((await this.#ask("write", { loading })).result, ["written"]);
  }

  /** Makes it usable. */
  async confirm(loading: string): Promise<void> {
    this.#result((await this.#ask("confirm", { loading })).result, ["loaded"]);
  }

  /** Gives up a loading that is not finished, and clears what it left on the card. */
  async cancel(loading: string): Promise<void> {
    this.#result((await this.#ask("cancel", { loading })).result, ["cancelled"]);
  }

  /** All three steps. */
  async load(place: CardApplication, channel: LoadingChannel = "counter"): Promise<void> {
    const { loading } = await this.start(place, channel);
    await this.write(loading);
    await this.confirm(loading);
  }

  async delete(place: CardApplication): Promise<void> {
    this.#result((await this.#ask("delete", { ...place })).result, ["deleted"]);
  }

  /** What this operator has on a card. */
  async inventory(card: string): Promise<CardApInventory> {
    const fields = await this.#ask("inventory", { card });
    this.#result(fields.result, ["listed"]);
    const { applications, free, area } = fields;
    if (!Array.isArray(applications) || typeof free !== "number") {
      throw protocolError("the answer has no list of applications, or not what is free");
    }
    return {
      applications: applications.map((one) => this.#listed(one)),
      area: codeOf(this.#profile.areas, area, "area"),
      free,
    };
  }

  /** Whether an application that answers is still to be served. Only `active` may let anyone in. */
  async standing(place: CardApplication): Promise<Standing> {
    return this.#standing(await this.#ask("standing", { ...place }));
  }

  #listed(value: unknown): CardApInventory["applications"][number] {
    const fields = fromWire(this.#profile.answerFields, readObject(value, "application"));
    const application = readText(fields.application, "application");
    return { application, standing: this.#standing(fields) };
  }

  #standing(fields: { readonly result?: unknown; readonly reason?: unknown }): Standing {
    const result = this.#result(fields.result, ["active", "stopped"]);
    if (result === "active") return { result };
    return { result, reason: codeOf(this.#profile.stopReasons, fields.reason, "reason") };
  }

  #result<Wanted extends Result>(value: unknown, wanted: readonly Wanted[]): Wanted {
    const result: Result = codeOf(this.#profile.results, value, "result");
    const found = wanted.find((one) => one === result);
    if (found !== undefined) return found;
    throw protocolError(`the answer's result is ${result}, which was not asked for`);
  }

  async #ask(
    path: Path,
    values: { readonly [Field in keyof Profile["requestFields"]]?: string },
  ): Promise<{ readonly [Field in keyof Profile["answerFields"]]?: unknown }> {
    const { paths, accessHeaders, requestFields, answerFields } = this.#profile;
    const { baseUrl, access } = this.#options;
    const answer = await askJson(this.#exchange, {
      url: new URL(paths[path], baseUrl),
      headers: { [accessHeaders.id]: access.id, [accessHeaders.secret]: access.secret },
      body: toWire(requestFields, values),
      errorField: answerFields.error,
    });
    return fromWire(answerFields, readObject(answer, "answer"));
  }
}

/** What of an exchange may be shown: nothing that tells one card from another. */
function rulesFor({ requestFields, answerFields }: Profile): FieldRules {
  return {
    [answerFields.result]: FORM.code,
    [answerFields.loading]: FORM.identifier,
    [answerFields.area]: FORM.code,
    [answerFields.reason]: FORM.code,
    [answerFields.application]: FORM.identifier,
    [answerFields.free]: FORM.number,
    [answerFields.error]: FORM.code,
    [answerFields.errorDescription]: FORM.sentence,
    [answerFields.notice]: "‹notice›",
    [requestFields.card]: "‹card number›",
    [requestFields.application]: FORM.identifier,
    [requestFields.channel]: FORM.code,
    [requestFields.loading]: FORM.identifier,
  };
}
