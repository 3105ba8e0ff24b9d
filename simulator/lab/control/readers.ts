/** Control API: readers, the cards in them, and commands to those. */
import { z } from "zod";
import { findCard } from "../card-desk.ts";
import { vpcdDevice } from "../devices.ts";
import { COUNTER_READER, type LabReader } from "../readers.ts";
import { named } from "./named.ts";
import { operation } from "./operation.ts";

const name = z
  .string()
  .regex(/^[\w.:-]{1,60}$/)
  .describe(`${COUNTER_READER} is there from the beginning`);

const reader = named(
  "Reader",
  z.strictObject({
    name: z.string(),
    kind: z.string().describe("in-process, vpcd or another device"),
    place: z.string().exactOptional().describe("what it is connected to"),
    card: z.string().exactOptional().describe("what lies in it"),
    side: z.enum(["contact", "contactless"]).exactOptional(),
  }),
);

const hex = z.string().regex(/^([0-9A-Fa-f]{2})+$/);

export const readerOperations = {
  listReaders: operation(
    {
      room: "readers",
      method: "GET",
      path: "/readers",
      ja: "リーダーとその中のカード",
      en: "Readers of this world, and what lies in them",
      answer: z.array(reader),
    },
    (lab) => lab.readers.all.map(readerRow),
  ),
  addVpcdReader: operation(
    {
      room: "readers",
      method: "POST",
      path: "/readers",
      ja: "この機械の仮想PC/SC読取装置（vpcd）をリーダーに加える",
      en: "Make a virtual PC/SC reader (vpcd) of this machine a reader of this world",
      fields: {
        name,
        host: z.string().default("127.0.0.1"),
        port: z.int().min(1).max(65_535).default(35_963),
      },
      answer: reader,
    },
    (lab, { name: fresh, ...place }) => readerRow(lab.readers.add(fresh, vpcdDevice(place))),
  ),
  removeReader: operation(
    {
      room: "readers",
      method: "DELETE",
      path: "/readers/:name",
      ja: "リーダーを外す",
      en: "Take a reader away",
      fields: { name },
      answer: z.array(reader),
    },
    async (lab, asked) => {
      await lab.readers.takeAway(asked.name);
      return lab.readers.all.map(readerRow);
    },
  ),
  insertCard: operation(
    {
      room: "readers",
      method: "PUT",
      path: "/readers/:name/card",
      ja: "カードを置く",
      en: "Put a card in",
      fields: {
        name,
        card: z.string().describe("R0001-1"),
        side: z.enum(["contact", "contactless"]).default("contactless"),
      },
      answer: reader,
    },
    async (lab, asked) => {
      const { id, resident, card } = findCard(lab, asked.card);
      const lying = { id, label: `${id} ${resident.name}`, card, side: asked.side };
      return readerRow(await lab.readers.insert(asked.name, lying));
    },
  ),
  removeCard: operation(
    {
      room: "readers",
      method: "DELETE",
      path: "/readers/:name/card",
      ja: "カードを取り去る",
      en: "Take the card out",
      fields: { name },
      answer: reader,
    },
    async (lab, asked) => readerRow(await lab.readers.remove(asked.name)),
  ),
  transmit: operation(
    {
      room: "readers",
      method: "POST",
      path: "/readers/:name/transmit",
      ja: "プロセス内のリーダーのカードにコマンドAPDUを送る",
      en: "Send command APDUs to the card in a reader without a wire",
      fields: {
        name,
        commands: z.array(hex).max(1000),
        reset: z.enum(["warm", "cold"]).optional().describe("begin with a reset of the card"),
      },
      answer: named(
        "Exchange",
        z.strictObject({ atr: z.string(), responses: z.array(z.string()) }),
      ),
    },
    (lab, asked) => lab.readers.transmit(asked.name, asked.commands, asked.reset),
  ),
};

function readerRow({ name: called, device, lying }: LabReader) {
  const { kind, place } = device;
  return {
    name: called,
    kind,
    ...(place === undefined ? {} : { place }),
    ...(lying && { card: lying.id, side: lying.side }),
  };
}
