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

/** Those of one CA, between two refreshes. */
interface Batch {
  readonly refresh: string;
  readonly answers: Map<string, Promise<Uint8Array>>;
}

export class PreSigned {
  readonly #batches = new WeakMap<Publication, Batch>();

  /** The answer without its nonce, produced when its data was refreshed. */
  respond({ nonce: _nonce, ...answer }: OcspAnswer, publication: Publication): Promise<Uint8Array> {
    const { answers } = this.#batch(answer, publication);
    const key = answer.singles.map(({ id }) => toHex(id.der)).join();
    const known = answers.get(key);
    if (known !== undefined) return known;
    const producedAt = answer.singles[0]?.thisUpdate ?? answer.producedAt;
    const signed = makeOcspResponse({ ...answer, producedAt });
    if (answers.size < MAX_ANSWERS) answers.set(key, signed);
    return signed;
  }

  /** What was published or issued since makes every answer of a CA an old one. */
  #batch({ singles }: Omit<OcspAnswer, "nonce">, publication: Publication): Batch {
    const { authority, forced } = publication;
    const at = singles[0]?.thisUpdate.getTime();
    const refresh = `${at}/${forced.length}/${authority.issued.length}`;
    const present = this.#batches.get(publication);
    if (present?.refresh === refresh) return present;
    const fresh: Batch = { refresh, answers: new Map() };
    this.#batches.set(publication, fresh);
    return fresh;
  }
}
