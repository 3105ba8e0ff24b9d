/** READ RECORD (00 B2) of the 共通AP and 住基AP (card-facts section 4, 2.5). */
import { type CommandApdu, concat, type ResponseApdu, SW } from "../../iso7816/index.ts";
import { answer, type CardContext, requireThat } from "../context.ts";
import { referencedFile } from "../file-system.ts";
import { permits } from "../session.ts";

const ONE_RECORD = 0x04;
const TO_THE_LAST = 0x05;

export function readRecord({ p1, p2, ne }: CommandApdu, card: CardContext): ResponseApdu {
  const mode = p2 & 0x07;
  requireThat(mode === ONE_RECORD || mode === TO_THE_LAST, SW.FUNCTION_NOT_SUPPORTED);
  requireThat(mode === ONE_RECORD || !card.has("noMultiRecordRead"), SW.FUNCTION_NOT_SUPPORTED);
  const file = referencedFile(card, p2 >> 3, SW.FILE_NOT_FOUND);
  requireThat(file.kind === "record", SW.FILE_STRUCTURE);
  requireThat(permits(card.session, file.read), SW.SECURITY_STATUS);
  requireThat(p1 >= 1 && p1 <= file.records.length, SW.RECORD_NOT_FOUND);
  const end = mode === ONE_RECORD ? p1 : file.records.length;
  const data = concat(...file.records.slice(p1 - 1, end));
  // UNVERIFIED: that a record longer than Le is refused and not cut.
  requireThat(ne >= data.length, SW.WRONG_LENGTH);
  return answer(data);
}
