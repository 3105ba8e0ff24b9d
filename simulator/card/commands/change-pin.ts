/**
 * A new PIN in place of one just presented: CHANGE REFERENCE DATA (00 24 01) in some applications,
 * CHANGE KEY (80 32 00) in others (card-facts section 4, trace T9). Neither carries the old PIN.
 */
import { type CommandApdu, type ResponseApdu, SW } from "../../iso7816/index.ts";
import { appletOf, type PinChange } from "../applets/index.ts";
import { answer, type CardContext, requireThat } from "../context.ts";
import { currentApplication, referencedFile, shortIdentifier } from "../file-system.ts";
import { replace } from "../pin.ts";

export function changeReferenceData(command: CommandApdu, card: CardContext): ResponseApdu {
  return changePin(command, card, "change-reference-data", 0x01);
}

export function changeKey(command: CommandApdu, card: CardContext): ResponseApdu {
  return changePin(command, card, "change-key", 0x00);
}

function changePin(
  { p1, p2, data }: CommandApdu,
  card: CardContext,
  way: PinChange,
  wantedP1: number,
): ResponseApdu {
  // UNVERIFIED: what an application answers to the command that belongs to the others.
  requireThat(appletOf(currentApplication(card))?.pinChange === way, SW.INS_NOT_SUPPORTED);
  requireThat(p1 === wantedP1, SW.WRONG_P1P2);
  const pin = referencedFile(card, shortIdentifier(p2), SW.REFERENCE_NOT_FOUND);
  requireThat(pin.kind === "pin", SW.FILE_STRUCTURE);
  replace(card, pin, data);
  return answer();
}
