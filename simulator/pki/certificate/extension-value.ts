/** What an extension says, as pkijs reads it. */
import type { Extension } from "pkijs";
import { SimulatorError } from "../../errors.ts";

/**
 * pkijs does not refuse what it cannot read, it says so inside; and asn1js throws errors of no kind
 * for a time that is none.
 *
 * @throws SimulatorError PKI_INVALID
 */
export function extensionValue<T>(extension: Extension): T {
  const value = parsed(extension) as (T & { readonly parsingError?: string }) | undefined;
  if (value !== undefined && value.parsingError === undefined) return value;
  throw new SimulatorError("PKI_INVALID", `the extension ${extension.extnID} is damaged`);
}

function parsed(extension: Extension): unknown {
  try {
    return extension.parsedValue;
  } catch {
    return undefined;
  }
}
