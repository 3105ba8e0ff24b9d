/** READ BINARY and READ RECORD, on the current file or with a short identifier (card-facts 4). */
import type { Bilingual } from "../../../reports/index.ts";
import { named, type Reading, reveal, type SentCommand, whole } from "./reading.ts";
import { currentFile, shortIdentifier, type Target } from "./target.ts";
import type { CardView } from "./view.ts";

export function readBinary(command: SentCommand, view: CardView): Reading | undefined {
  const { p1, p2, ne } = command;
  const short = (p1 & 0x80) !== 0;
  const target = short ? shortIdentifier(view, p1 & 0x7f) : currentFile(view);
  const offset = short ? p2 : (p1 << 8) | p2;
  const last = ne === 0 ? "" : offset + ne - 1;
  return reading("READ BINARY", command, target, offset, `${offset}..${last}`);
}

export function readRecord(command: SentCommand, view: CardView): Reading | undefined {
  const { p1, p2 } = command;
  const sfi = p2 >> 3;
  const target = sfi === 0 ? currentFile(view) : shortIdentifier(view, sfi);
  switch (p2 & 0x07) {
    case 4:
      return reading("READ RECORD", command, target, 0, `${p1}`);
    case 5:
      return reading("READ RECORD", command, target, 0, `${p1}..`);
    default:
      return undefined;
  }
}

function reading(
  verb: string,
  command: SentCommand,
  target: Target | undefined,
  offset: number,
  range: string,
): Reading | undefined {
  if (target === undefined || command.data.length > 0) return undefined;
  const { file, after } = target;
  return {
    label: ranged(named(verb, file.name), range),
    command: whole(command),
    response: (data, sw) => reveal(file, data, sw, offset),
    after,
  };
}

function ranged(label: Bilingual, range: string): Bilingual {
  return { ja: `${label.ja} [${range}]`, en: `${label.en} [${range}]` };
}
