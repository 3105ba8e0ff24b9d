/**
 * Answers signed ahead of time, as large responders have them (platform-facts 7.1; RFC 9919 for the
 * form): the same bytes for everybody until the next refresh, and therefore without a nonce. Each is
 * signed when it is first asked for.
 */
import { toHex } from "../../iso7816/index.ts";
import type { Publication } from "../authority/publication.ts";
import { makeOcspResponse, type OcspAnswer } from "./response.ts";

/** More would be more than one refresh can hold in memory. */
const MAX_ANSWERS = 100_000;

export class PreSigned {
  readonly #answers = new Map<string, Promise<Uint8Array>>();
  #refresh = "";

  /** The answer without its nonce, produced when its data was refreshed. */
  respond({ nonce: _nonce, ...answer }: OcspAnswer, publication: Publication): Promise<Uint8Array> {
    this.#forgetOld(answer, publication);
    const key = answer.singles.map(({ id }) => toHex(id.der)).join();
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const producedAt = answer.singles[0]?.thisUpdate ?? answer.producedAt;
    const signed = makeOcspResponse({ ...answer, producedAt });
    if (this.#answers.size < MAX_ANSWERS) this.#answers.set(key, signed);
    return signed;
  }

  /** What was published or issued since makes every answer an old one. */
  #forgetOld({ singles }: Omit<OcspAnswer, "nonce">, { authority, forced }: Publication): void {
    const at = singles[0]?.thisUpdate.getTime();
    const refresh = `${at}/${forced.length}/${authority.issued.length}`;
    if (refresh === this.#refresh) return;
    this.#refresh = refresh;
    this.#answers.clear();
  }
}
