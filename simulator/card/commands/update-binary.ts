/**
 * UPDATE BINARY (00 D6), in free-area applications only.
 *
 * UNVERIFIED: card-facts 6.4 knows no command by which such an application is written; ISO/IEC 7816-4
 * section 11.2.5 is taken, under the key of whoever runs the service.
 */
import { type CommandApdu, type ResponseApdu, SW } from "../../iso7816/index.ts";
import { answer, type CardContext, requireThat } from "../context.ts";
import { currentApplication, referencedFile, saveFile } from "../file-system.ts";
import { permits } from "../session.ts";
import { binaryPlace } from "./read-binary.ts";

export function updateBinary(command: CommandApdu, card: CardContext): ResponseApdu {
  requireThat(currentApplication(card)?.name === "card-ap", SW.INS_NOT_SUPPORTED);
  const { sfi, offset } = binaryPlace(command);
  const file = referencedFile(card, sfi, SW.FILE_NOT_FOUND);
  requireThat(file.kind === "transparent", SW.FILE_STRUCTURE);
  requireThat(permits(card.session, file.update ?? "never"), SW.SECURITY_STATUS);
  requireThat(command.data.length > 0, SW.WRONG_LENGTH);
  requireThat(offset < file.content.length, SW.OFFSET);
  requireThat(offset + command.data.length <= file.content.length, SW.NO_SPACE);
  const content = file.content.slice();
  content.set(command.data, offset);
  saveFile(card, { ...file, content });
  return answer();
}
