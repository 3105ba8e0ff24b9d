/**
 * SELECT (00 A4): applications by full or partial name, files by identifier (card-facts section 4 and
 * 2.7). There is no ISO master file.
 */
import {
  type CommandApdu,
  encodeTlv,
  fromHex,
  type ResponseApdu,
  SW,
  toHex,
} from "../../iso7816/index.ts";
import { answer, type CardContext, requireThat } from "../context.ts";
import { currentApplication, findFile } from "../file-system.ts";
import { enterApplication } from "../session.ts";

/** GlobalPlatform issuer security domain: its selection is the state after power-on. */
const ISD = fromHex("A0000001510000");
const AID_MAX = 16;

const BY_MASTER_FILE = 0x00;
const BY_FILE_IDENTIFIER = 0x02;
const BY_NAME = 0x04;

export function select(command: CommandApdu, card: CardContext): ResponseApdu {
  switch (command.p1) {
    case BY_NAME:
      return selectByName(command, card);
    case BY_FILE_IDENTIFIER:
      return selectFile(command, card);
    case BY_MASTER_FILE:
      return selectMasterFile(command, card);
    default:
      requireThat(false, SW.WRONG_P1P2);
  }
}

function selectByName({ p2, data, ne }: CommandApdu, card: CardContext): ResponseApdu {
  const next = (p2 & 0x02) !== 0;
  const silent = (p2 & 0x0c) === 0x0c;
  requireThat([0x00, 0x02, 0x0c, 0x0e].includes(p2), SW.WRONG_P1P2);
  requireThat(!(next && card.has("noNextOccurrence")), SW.WRONG_P1P2);
  requireThat(data.length >= 1 && data.length <= AID_MAX, SW.WRONG_LENGTH);
  const found = findByName(card, toHex(data), next);
  requireThat(found !== undefined, SW.FILE_NOT_FOUND);
  enterApplication(card.session, found === toHex(ISD) ? undefined : found);
  if (currentApplication(card)?.locked) return answer(undefined, SW.DF_LOCKED);
  const bare = silent || ne === 0 || card.has("selectGivesNoFci");
  return bare ? answer() : fileControlInformation(found, ne);
}

/** Names in the order of the card; "next" goes on behind the selected application. */
function findByName(card: CardContext, prefix: string, next: boolean): string | undefined {
  const names = [...card.image.applications.map((ap) => toHex(ap.aid)), toHex(ISD)];
  const after = next ? names.indexOf(card.session.application ?? "") : -1;
  return names.slice(after + 1).find((name) => name.startsWith(prefix));
}

/** UNVERIFIED: what the FCI holds is not public; the DF name alone is what one client looks for. */
function fileControlInformation(name: string, ne: number): ResponseApdu {
  const information = encodeTlv(0x6f, encodeTlv(0x84, fromHex(name)));
  requireThat(information.length <= ne, SW.WRONG_LENGTH);
  return answer(information);
}

function selectFile({ p2, data }: CommandApdu, card: CardContext): ResponseApdu {
  requireThat(p2 === 0x0c, SW.WRONG_P1P2);
  requireThat(data.length === 2, SW.LC_AGAINST_P1P2);
  const ap = currentApplication(card);
  requireThat(!ap?.locked, SW.CONDITIONS);
  const file = findFile(ap, Number.parseInt(toHex(data), 16));
  requireThat(file !== undefined, SW.FILE_NOT_FOUND);
  card.session.file = file.id;
  return answer();
}

/** Measured: refused after a cold reset, accepted without effect when an application is selected. */
function selectMasterFile({ p2, data }: CommandApdu, card: CardContext): ResponseApdu {
  requireThat(p2 === 0x00 || p2 === 0x0c, SW.WRONG_P1P2);
  requireThat(data.length === 0, SW.FILE_NOT_FOUND);
  requireThat(currentApplication(card) !== undefined, SW.WRONG_P1P2);
  return answer();
}
