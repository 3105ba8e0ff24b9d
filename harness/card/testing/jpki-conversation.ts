/** Conversations with the JPKI AP. */
import { JpkiClient } from "../jpki-client.ts";
import { conversation, type ScriptedReader } from "./scripted-reader.ts";

export const SELECT_JPKI_AP = `
  > 00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01
  < 90 00`;

/** @param script what is said once the AP has been selected, as in `conversation` */
export function jpkiConversation(
  script: string,
  talk: (jpki: JpkiClient, reader: ScriptedReader) => Promise<void>,
): Promise<void> {
  return conversation(`${SELECT_JPKI_AP}\n${script}`, async (reader) => {
    const jpki = new JpkiClient(reader);
    await jpki.select();
    await talk(jpki, reader);
  });
}
