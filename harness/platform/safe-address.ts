/** Plain HTTP is for this machine only; a platform elsewhere is spoken to over TLS. */
import { BenchError } from "../errors.ts";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export function isSafeAddress({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname));
}

/** @throws BenchError CONFIG_INVALID for plain HTTP to another machine, or another scheme */
export function requireSafeAddress(address: URL): void {
  if (isSafeAddress(address)) return;
  const message = `${address.origin} is neither HTTPS nor plain HTTP to this machine`;
  throw new BenchError("CONFIG_INVALID", message);
}
