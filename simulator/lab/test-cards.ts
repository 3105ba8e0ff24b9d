/**
 * The residents' cards as デジタル認証アプリ's test screen offers them: read and signed with through the
 * card's own commands, on a copy, so that nobody's card in a reader is disturbed.
 */
import { MemoryCardStore, SimulatedCard } from "../card/index.ts";
import { SimulatorError } from "../errors.ts";
import { encodeCommand, fromHex, parseResponse, SW } from "../iso7816/index.ts";
import type { JpkiService } from "../pki/index.ts";
import type { TestCard, TestCards } from "../platform/index.ts";
import type { Random } from "../random.ts";
import type { LabCard } from "./card-box.ts";

const SELECT_JPKI = fromHex("00A4040C0AD392F000260100000001");

/** @param cards asked at each look, so that a card handed out meanwhile is there */
export function testCardsOf(
  cards: () => readonly LabCard[],
  jpki: JpkiService,
  random: Random,
): TestCards {
  return { list: () => cards().map((card) => testCard(card, jpki, random)) };
}

function testCard(card: LabCard, jpki: JpkiService, random: Random): TestCard {
  const { resident, authSerial, signSerial } = card;
  const { id, name, address, birthDate, sex } = resident;
  const about = {
    id: card.id,
    label: `${card.id} ${name}`,
    person: id,
    attributes: { name, address, birthDate, sex },
    authCertificate: certificate(jpki, authSerial),
  };
  if (signSerial === undefined) return about;
  return {
    ...about,
    signing: {
      certificate: certificate(jpki, signSerial),
      sign: async (digestInfo) => sign(card, digestInfo, random),
    },
  };
}

function certificate(jpki: JpkiService, serial: string): Uint8Array {
  const number = Number.parseInt(serial, 16);
  return jpki.authorityOf(number).find(number).certificate;
}

/** VERIFY 署名用, then COMPUTE DIGITAL SIGNATURE with the 署名用 key by its short identifier. */
function sign({ card, pins }: LabCard, digestInfo: Uint8Array, random: Random): Uint8Array {
  const copy = new SimulatedCard(card.image, { store: new MemoryCardStore(), random });
  copy.powerOn();
  const password = new TextEncoder().encode(pins.sign ?? "");
  const commands = [
    SELECT_JPKI,
    encodeCommand({ cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x9b, data: password }),
    encodeCommand({ cla: 0x80, ins: 0x2a, p1: 0x00, p2: 0x9a, data: digestInfo, ne: 256 }),
  ];
  let answer = new Uint8Array(0);
  for (const command of commands) {
    const { sw, data } = parseResponse(copy.transmit(command));
    if (sw !== SW.OK) {
      throw new SimulatorError("RESIDENT_REFUSED", `the card answered ${sw.toString(16)}`);
    }
    answer = new Uint8Array(data);
  }
  return answer;
}
