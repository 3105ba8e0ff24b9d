/** READ BINARY (00 B0), with a 15-bit offset or a short file identifier (card-facts section 4, 4.2). */
import { type CommandApdu, type ResponseApdu, SW } from "../../iso7816/index.ts";
import { answer, type CardContext, requireThat } from "../context.ts";
import { referencedFile } from "../file-system.ts";
import { permits } from "../session.ts";

export function readBinary(command: CommandApdu, card: CardContext): ResponseApdu {
  const { sfi, offset } = binaryPlace(command);
  const file = referencedFile(card, sfi, SW.FILE_NOT_FOUND);
  requireThat(file.kind === "transparent", SW.FILE_STRUCTURE);
  requireThat(permits(card.session, file.read), SW.SECURITY_STATUS);
  requireThat(command.ne > 0, SW.WRONG_LENGTH);
  const { length } = file.content;
  if (offset === length && card.has("readAtEndAnswersEmpty")) return answer();
  requireThat(offset < length, SW.OFFSET);
  const end = offset + command.ne;
  const short = end > length && card.has("endOfFileAnswers6282");
  return answer(file.content.subarray(offset, end), short ? SW.END_OF_FILE : SW.OK);
}

/** Where P1-P2 point: a short identifier with eight bits of offset, or fifteen bits in the current EF. */
export function binaryPlace({ p1, p2 }: CommandApdu): { sfi: number; offset: number } {
  if ((p1 & 0x80) === 0) return { sfi: 0, offset: (p1 << 8) | p2 };
  requireThat((p1 & 0x60) === 0, SW.WRONG_P1P2);
  return { sfi: p1 & 0x1f, offset: p2 };
}
