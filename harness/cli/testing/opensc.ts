/** What OpenSC's tools print, as data. */

export interface Pkcs15Object {
  /** `PIN`, `Private RSA Key`, `Public RSA Key` or `X.509 Certificate`. */
  readonly kind: string;
  readonly label: string;
  /** By the name that stands before the colon. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The objects of `pkcs15-tool -D` or `--list-pins`, in the order in which they are printed. */
export function pkcs15Objects(output: string): Pkcs15Object[] {
  return output.split(/\n{2,}/).flatMap((block) => {
    const [heading = "", ...lines] = block.trim().split("\n");
    const [, kind, label] = /^(.+) \[(.+)\]$/.exec(heading) ?? [];
    if (kind === undefined || label === undefined) return [];
    return [{ kind, label, fields: Object.fromEntries(lines.map(field)) }];
  });
}

/** One exchange in a log written with OPENSC_DEBUG=9. */
export interface LoggedExchange {
  /** Upper-case hexadecimal. */
  readonly command: string;
  readonly response: string;
}

/** The commands in such a log with the response of each. */
export function loggedExchanges(log: string): LoggedExchange[] {
  const dumps = [
    ...log.matchAll(/^(Outgoing|Incoming) APDU \((\d+) bytes\):\n((?:.*\n)*?)(?=P:)/gm),
  ];
  const apdus = dumps.map(([, direction, length, dump = ""]) => ({
    direction,
    hex: hexOf(dump).slice(0, 2 * Number(length)),
  }));
  return apdus.flatMap(({ direction, hex }, place) => {
    const response = apdus[place + 1];
    if (direction !== "Outgoing" || response?.direction !== "Incoming") return [];
    return [{ command: hex, response: response.hex }];
  });
}

function field(line: string): [string, string] {
  const [name = "", ...rest] = line.split(":");
  return [name.trim(), rest.join(":").trim()];
}

/** Sixteen bytes a line in 48 columns, then the same as text. */
function hexOf(dump: string): string {
  return dump
    .split("\n")
    .map((line) => line.slice(0, 48).replace(/[^0-9A-F]/g, ""))
    .join("");
}
