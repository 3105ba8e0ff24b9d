/** SELECT and GET DATA: what names things on the card. */
import { SW, toHex, uint16 } from "../../../simulator/iso7816/index.ts";
import { APPLICATIONS } from "./catalogue.ts";
import {
  header,
  hide,
  marker,
  named,
  type Reading,
  reveal,
  type SentCommand,
  whole,
  words,
} from "./reading.ts";
import { type CardView, fileIn, isFileId, NOTHING_KNOWN } from "./view.ts";

/** P1-P2. The other forms (next occurrence, by file in another DF) leave open what is selected. */
const BY_NAME = new Set([0x0400, 0x040c]);
const BY_FILE_ID = new Set([0x0200, 0x020c]);

export function select(command: SentCommand, view: CardView): Reading | undefined {
  const form = (command.p1 << 8) | command.p2;
  if (BY_NAME.has(form) && command.data.length > 0) return selectApplication(command);
  if (BY_FILE_ID.has(form) && command.data.length === 2) return selectFile(command, view);
  return undefined;
}

function selectApplication(command: SentCommand): Reading {
  const aid = toHex(command.data);
  const application = APPLICATIONS.find((known) => known.aid === aid);
  const name = application?.name ?? { ja: "不明なAP", en: "unknown application" };
  return {
    label: named("SELECT", name),
    command: application === undefined ? words(header(command), marker(name.ja)) : whole(command),
    response: (data) => hide("FCI", data),
    // After a failure the card may be where it was or not: two sources, no measurement.
    after: (sw) => (sw === SW.OK ? { application, file: undefined } : NOTHING_KNOWN),
  };
}

function selectFile(command: SentCommand, view: CardView): Reading {
  const id = uint16(command.data, 0);
  const { name } = fileIn(view, id);
  return {
    label: named("SELECT", name),
    command: isFileId(id) ? whole(command) : words(header(command), marker(name.ja)),
    response: (data) => hide("FCI", data),
    after: (sw) => ({ ...view, file: sw === SW.OK ? id : undefined }),
  };
}

export function getData(command: SentCommand, view: CardView): Reading | undefined {
  const object = view.application?.objects?.get((command.p1 << 8) | command.p2);
  if (object === undefined || command.data.length > 0) return undefined;
  return {
    label: named("GET DATA", object.name),
    command: whole(command),
    response: (data, sw) => reveal(object, data, sw),
    after: () => view,
  };
}
