/** Revocation lists that are wrong in one way, for clients to find out (platform-facts 8.3). */
import { gzipSync } from "node:zlib";
import { concat } from "../../iso7816/index.ts";
import type { Publication } from "../authority/publication.ts";
import type { ListStream } from "../crl/writer.ts";
import type { SigningKey } from "../keys/keys.ts";
import type { CrlFault } from "./names.ts";

const DAY = 24 * 60 * 60 * 1000;

/** A list as it goes over the wire. */
export interface ServedList extends ListStream {
  /** How many of the bytes are really sent, when not all that are announced. */
  readonly sent?: number;
}

/**
 * The list to serve in the place of the right one.
 *
 * @param other the list of another CA with its key, where the fault needs one
 * @param place municipality code of the list that was asked for
 */
export function disturbList(
  fault: CrlFault,
  publication: Publication,
  other: Publication,
  place: string | undefined,
): ServedList {
  switch (fault) {
    case "stale":
      return publication.list(place, { age: 4 * DAY });
    case "yesterday":
      return publication.list(place, { age: DAY });
    case "rollback":
      return publication.list(place, { number: 1 });
    case "other-ca":
      return other.list();
    case "other-generation-key":
      return publication.list(place, { key: underNameOf(publication, other) });
    case "signature-wrong":
      return whole(publication.list(place), (der) => der.with(-1, (der.at(-1) ?? 0) ^ 1));
    case "truncated":
      return whole(publication.list(place), (der) => der.subarray(0, der.length >> 1));
    case "gzip":
      return whole(publication.list(place), (der) => new Uint8Array(gzipSync(der)));
    case "length-wrong": {
      const list = publication.list(place);
      return { ...list, sent: list.length >> 1 };
    }
    default:
      return publication.list(place);
  }
}

function whole(list: ListStream, change: (der: Uint8Array) => Uint8Array): ListStream {
  const changed = change(concat(...list.chunks));
  return { length: changed.length, chunks: [changed] };
}

/** The key of another CA that says it is this one's. */
function underNameOf(publication: Publication, other: Publication): SigningKey {
  const { keyIdentifier } = publication.authority.key;
  return { ...other.authority.key, keyIdentifier };
}
