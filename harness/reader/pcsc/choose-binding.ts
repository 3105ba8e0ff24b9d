/** Which binding a host process uses: the one that was asked for, or whichever can be loaded. */
import { BenchError } from "../../errors.ts";
import type { PcscBinding } from "./binding.ts";
import { pcscliteBinding } from "./pcsclite-binding.ts";
import { winscardBinding } from "./winscard-binding.ts";

/** `auto`: pcsclite where it could be built, koffi otherwise. */
export type BindingName = "auto" | "pcsclite" | "koffi";

/** @throws BenchError PCSC_PACKAGE_MISSING, PCSC_LIBRARY_MISSING, PCSC_SERVICE_STOPPED ... */
export async function loadBinding(name: BindingName): Promise<PcscBinding> {
  if (name === "koffi") return winscardBinding();
  try {
    return await pcscliteBinding();
  } catch (error) {
    if (name !== "auto" || !isMissing(error)) throw error;
    return otherwise(error);
  }
}

/** With neither package, what is missing is the one that is used first. */
async function otherwise(missing: BenchError): Promise<PcscBinding> {
  try {
    return await winscardBinding();
  } catch (error) {
    throw isMissing(error) ? missing : error;
  }
}

function isMissing(error: unknown): error is BenchError {
  return error instanceof BenchError && error.code === "PCSC_PACKAGE_MISSING";
}
