/**
 * Whether two distinguished names are one (RFC 5280 section 7.1): attribute by attribute, whatever the
 * string type, the case of letters and the white space. JPKI writes each of its names in one way, and
 * for those bytes are compared and no more; a CA that changes from PrintableString to UTF8String does
 * not become another one by that.
 */
import { equal, toHex } from "../../iso7816/index.ts";
import { readSpan, type Span } from "../der/der.ts";
import { TAG } from "../der/tags.ts";
import { children } from "../der/values.ts";

/** @throws SimulatorError PKI_INVALID for what is no name, unless both are the same bytes */
export function sameName(a: Uint8Array, b: Uint8Array): boolean {
  return equal(a, b) || prepared(a) === prepared(b);
}

/** The same text for names that are one. */
function prepared(name: Uint8Array): string {
  const rdns = children(name, readSpan(name, 0, name.length));
  // The attributes of one step are a set.
  return JSON.stringify(rdns.map((rdn) => children(name, rdn).map(attribute(name)).sort()));
}

function attribute(name: Uint8Array): (span: Span) => string {
  return (span) => {
    const type = readSpan(name, span.start, span.end);
    const value = readSpan(name, type.end, span.end);
    const bytes = name.subarray(value.start, value.end);
    const said = isText(value) ? `text ${folded(bytes)}` : `${value.tag} ${toHex(bytes)}`;
    return `${toHex(name.subarray(type.start, type.end))}=${said}`;
  };
}

function isText({ tag }: Span): boolean {
  return tag === TAG.printableString || tag === TAG.utf8String;
}

/** RFC 4518 as far as names of CAs need it: one form of each character, small, single spaces. */
function folded(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes).normalize("NFKC").toLowerCase();
  return text.trim().replace(/\s+/g, " ");
}
