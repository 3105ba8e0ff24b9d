/** What `jpki-bench fuzz` tells of commands and status words, for targets that count them. */
import { describeStatus } from "../../../simulator/iso7816/index.ts";
import type { FuzzProperty } from "../../fuzz/property.ts";
import type { Tally } from "../../fuzz/tally.ts";
import type { Terminal } from "../terminal.ts";

interface Coverage {
  readonly commands: number;
  readonly perSecond: number;
  /** How often each status came, by its four hexadecimal digits. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly neverSeen: readonly { readonly status: string; readonly reason?: object }[];
}

/** By property; empty for a target that counts nothing. */
export function coverageOf(properties: readonly FuzzProperty[]): Record<string, Coverage> {
  return Object.fromEntries(
    counting(properties).map(({ name, tally }) => [
      name,
      {
        commands: tally.commands,
        perSecond: tally.rate,
        statuses: Object.fromEntries(inOrder(tally).map(([sw, count]) => [digits(sw), count])),
        neverSeen: tally.unseen.map(({ sw, ...why }) => ({ status: digits(sw), ...why })),
      },
    ]),
  );
}

/** A line a property, a table of statuses with a column a property, and what none of them saw. */
export function showCoverage(terminal: Terminal, properties: readonly FuzzProperty[]): void {
  const counted = counting(properties);
  if (counted.length === 0) return;
  for (const { name, tally } of counted) {
    const { commands, rate } = tally;
    const ja = `${commands} コマンド、毎秒 ${rate}`;
    terminal.line(`${name}: ${terminal.say({ ja, en: `${commands} commands, ${rate} a second` })}`);
  }
  terminal.line(["SW  ", ...counted.map(({ name }) => cell(name))].join(""));
  const seen = counted.flatMap(({ tally }) => [...tally.statuses.keys()]);
  for (const sw of [...new Set(seen)].sort((a, b) => a - b)) {
    const counts = counted.map(({ tally }) => cell(String(tally.statuses.get(sw) ?? "-")));
    terminal.line(`${digits(sw)}${counts.join("")}  ${terminal.say(describeStatus(sw))}`);
  }
  showUnseen(terminal, counted);
}

function showUnseen(terminal: Terminal, [first, ...others]: readonly Counting[]): void {
  const unseen = (first?.tally.unseen ?? []).filter(({ sw }) =>
    others.every(({ tally }) => !tally.statuses.has(sw)),
  );
  if (unseen.length === 0) return;
  terminal.line(terminal.say({ ja: "一度も返らなかった状態語:", en: "never seen:" }));
  const rare = { ja: "この回数では出なかった", en: "not in so many commands" };
  for (const { sw, reason = rare } of unseen)
    terminal.line(`${digits(sw)}  ${terminal.say(reason)}`);
}

type Counting = FuzzProperty & { readonly tally: Tally };

function counting(properties: readonly FuzzProperty[]): Counting[] {
  return properties.filter((property): property is Counting => property.tally !== undefined);
}

function inOrder({ statuses }: Tally): (readonly [number, number])[] {
  return [...statuses].sort(([a], [b]) => a - b);
}

function digits(sw: number): string {
  return sw.toString(16).toUpperCase().padStart(4, "0");
}

function cell(text: string): string {
  return text.padStart(12);
}
