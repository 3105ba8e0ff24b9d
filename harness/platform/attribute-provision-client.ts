/**
 * A verifier's side of the 最新の利用者情報（4情報）提供サービス: shows a certificate, and is told the person's
 * current 4情報 where they have consented (platform-facts 5.6).
 */
import {
  type AttributeProvisionProfile,
  DEFAULT_ATTRIBUTE_PROVISION_PROFILE,
} from "../../simulator/platform/attribute-provision/profile.ts";
import { fromWire, toWire } from "../../simulator/platform/wire.ts";
import { type FourAttributes, Personal } from "../card/index.ts";
import { codeOf, readFourAttributes, readObject } from "./answer-fields.ts";
import { toBase64 } from "./base64.ts";
import { createExchange, type Exchange, type HttpTraceSink } from "./exchange.ts";
import { askJson } from "./json-api.ts";
import { type FieldRules, FORM } from "./redaction.ts";
import { requireSafeAddress } from "./safe-address.ts";

export type ProvidedAttributes =
  | { readonly result: "provided"; readonly attributes: Personal<FourAttributes> }
  | { readonly result: Exclude<keyof AttributeProvisionProfile["results"], "provided"> };

export interface AttributeProvisionClientOptions {
  readonly baseUrl: string;
  readonly profile?: AttributeProvisionProfile;
  readonly sink?: HttpTraceSink;
  /** Milliseconds. Default 5000. */
  readonly deadline?: number;
}

export class AttributeProvisionClient {
  readonly #url: URL;
  readonly #profile: AttributeProvisionProfile;
  readonly #exchange: Exchange;

  /** @throws BenchError CONFIG_INVALID for plain HTTP to another machine */
  constructor(options: AttributeProvisionClientOptions) {
    const { profile = DEFAULT_ATTRIBUTE_PROVISION_PROFILE, deadline = 5000 } = options;
    const sink = options.sink ?? (() => undefined);
    this.#profile = profile;
    this.#url = new URL(profile.path, options.baseUrl);
    requireSafeAddress(this.#url);
    const rules = rulesFor(profile);
    this.#exchange = createExchange({ peer: "4情報提供サービス", rules, sink, deadline });
  }

  /**
   * @param certificate DER of a certificate of the person's, of either kind
   * @throws PlatformError PLATFORM_REFUSED, PLATFORM_UNREACHABLE, PLATFORM_PROTOCOL
   */
  async attributes(certificate: Uint8Array): Promise<ProvidedAttributes> {
    const { requestFields, answerFields, results } = this.#profile;
    const answer = await askJson(this.#exchange, {
      url: this.#url,
      headers: {},
      body: toWire(requestFields, { certificate: toBase64(certificate) }),
      errorField: answerFields.error,
    });
    const fields = fromWire(answerFields, readObject(answer, "answer"));
    const result = codeOf(results, fields.result, "result");
    if (result !== "provided") return { result };
    return { result, attributes: new Personal(this.#read(fields.attributes)) };
  }

  #read(value: unknown): FourAttributes {
    const { attributeFields } = this.#profile;
    return readFourAttributes(fromWire(attributeFields, readObject(value, "attributes")));
  }
}

function rulesFor({ requestFields, answerFields }: AttributeProvisionProfile): FieldRules {
  return {
    [requestFields.certificate]: "‹certificate›",
    [answerFields.result]: FORM.code,
    [answerFields.attributes]: "‹4情報›",
    [answerFields.error]: FORM.code,
    [answerFields.errorDescription]: FORM.sentence,
    [answerFields.notice]: "‹notice›",
  };
}
