/** Revocation lists that are wrong in one way, for clients to find out (platform-facts 8.3). */
import { gzipSync } from "node:zlib";
import { concat } from "../../iso7816/index.ts";
import type { Publication } from "../authority/publication.ts";
import { distributionPointName } from "../certificate/names.ts";
import type { ListStream } from "../crl/writer.ts";
import type { SigningKey } from "../keys/keys.ts";
import type { CrlFault } from "./names.ts";

const DAY = 24 * 60 * 60 * 1000;

/** A list as it goes over the wire. */
export interface ServedList extends ListStream {
  /** How many of the bytes are really sent, when not all that are announced. */
  readonly sent?: number;
}

/** What was asked for, and what else there is. */
export interface ListOrigin {
  readonly publication: Publication;
  /** Everything that is published, to take a wrong list or key from. */
  readonly publications: readonly Publication[];
  /** Municipality code, of a list of one. */
  readonly place: string | undefined;
}

/** The list to serve in the place of the right one. */
export function disturbList(fault: CrlFault, origin: ListOrigin): ServedList {
  const { publication, place } = origin;
  switch (fault) {
    case "stale":
      return publication.list(place, { age: 4 * DAY });
    case "yesterday":
      return publication.list(place, { age: DAY });
    case "rollback":
      return publication.list(place, { number: 1 });
    case "other-ca":
      return ofOtherCa(origin);
    case "other-generation":
      return publication.list(place, { key: otherGenerationKey(origin) });
    case "other-generation-key": {
      const { keyIdentifier } = publication.authority.key;
      return publication.list(place, { key: { ...otherGenerationKey(origin), keyIdentifier } });
    }
    case "other-place":
      return publication.list(place, { elsewhere: elsewhere(publication) });
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

/** Of the same place if the other CA has a list of it: 署名用 for 利用者証明用, and the other way round. */
function ofOtherCa({ publication, publications, place }: ListOrigin): ListStream {
  const { kind, carrier } = publication.authority.identity;
  const others = publications.filter(({ authority }) => authority.kind !== kind);
  const other =
    others.findLast(({ authority }) => authority.identity.carrier === carrier) ?? publication;
  return other.list(place !== undefined && other.serves(place) ? place : undefined);
}

/**
 * A key that is not this CA's: of another generation, which has the same name, or where there is none
 * of any other CA, which is as good, for a list says nothing of its issuer but the name.
 */
function otherGenerationKey({ publication, publications }: ListOrigin): SigningKey {
  const { kind, carrier } = publication.authority.identity;
  const others = publications.filter((one) => one !== publication);
  const generation = others.findLast(
    ({ authority: { identity } }) => identity.kind === kind && identity.carrier === carrier,
  );
  return (generation ?? others[0] ?? publication).authority.key;
}

/** Where no certificate says it is from. */
function elsewhere({ authority }: Publication): Uint8Array {
  return distributionPointName(authority.identity, {
    code: "00000",
    prefecture: "Elsewhere-ken",
    municipality: "Elsewhere-shi",
  });
}
