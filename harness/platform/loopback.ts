/** Plain HTTP is for this machine only; a platform elsewhere is spoken to over TLS. */
import { BenchError } from "../errors.ts";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether requests to this address may go without TLS.
 *
 * @throws BenchError CONFIG_INVALID for plain HTTP to another machine, or another scheme
 */
export function isInsecureLoopback(address: URL): boolean {
  if (address.protocol === "https:") return false;
  if (address.protocol === "http:" && LOOPBACK.test(address.hostname)) return true;
  throw new BenchError(
    "CONFIG_INVALID",
    `${address.origin} is neither HTTPS nor plain HTTP to this machine`,
  );
}
