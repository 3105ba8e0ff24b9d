/** Control API: residents, and what happens to them. */
import { z } from "zod";
import { ATR_NAMES, type AtrName } from "../../card/index.ts";
import { allCards, residentRow } from "../control-rows.ts";
import { LIFE_EVENT_TEXT, LIFE_EVENTS, live } from "../life-events.ts";
import { residentRow as row } from "../rows.ts";
import { secretsOf } from "../secrets.ts";
import { bilingual, moment, named } from "./named.ts";
import { operation } from "./operation.ts";

const id = z.string().describe("R0001");
export const atr = z.enum(ATR_NAMES as [AtrName, ...AtrName[]]);

const lifeEvent = named(
  "LifeEvent",
  z.strictObject({ event: z.enum(LIFE_EVENTS), title: bilingual }),
);

const historyEntry = named("HistoryEntry", z.strictObject({ at: moment, event: z.string() }));

export const residentOperations = {
  listResidents: operation(
    {
      room: "residents",
      method: "GET",
      path: "/residents",
      ja: "住民の一覧",
      en: "Everybody in this world",
      answer: z.array(row),
    },
    (lab) => lab.residents.map((resident) => residentRow(lab, resident.id)),
  ),
  newResident: operation(
    {
      room: "residents",
      method: "POST",
      path: "/residents",
      ja: "住民を登録しカードを交付する",
      en: "Register somebody and hand out a card",
      fields: {
        persona: z.string().default("adult"),
        municipality: z.string().optional().describe("five digits"),
        atr: atr.optional().describe("how the card answers reset"),
      },
      answer: row,
    },
    async (lab, { persona, ...wishes }) =>
      residentRow(lab, (await lab.issueCard(persona, wishes)).resident.id),
  ),
  getResident: operation(
    {
      room: "residents",
      method: "GET",
      path: "/residents/:id",
      ja: "住民を見る",
      en: "One resident",
      fields: { id },
      answer: row,
    },
    (lab, asked) => residentRow(lab, asked.id),
  ),
  getHistory: operation(
    {
      room: "residents",
      method: "GET",
      path: "/residents/:id/events",
      ja: "住民に起きたこと",
      en: "What has happened to somebody",
      fields: { id },
      answer: z.array(historyEntry),
    },
    (lab, asked) =>
      lab.office.file(asked).history.map(({ at, event }) => ({ at: at.toISOString(), event })),
  ),
  lifeEvent: operation(
    {
      room: "residents",
      method: "POST",
      path: "/residents/:id/events",
      ja: "ライフイベントを起こす（証明書・券面・失効情報に直ちに反映する）",
      en: "Let something happen in a life; certificates, card and revocation data follow at once",
      fields: {
        id,
        event: z.enum(LIFE_EVENTS),
        to: z.string().optional().describe("of move: five digits of the new municipality"),
        name: z.string().optional().describe("of rename and correct: with U+3000 in the middle"),
        address: z.string().optional().describe("of correct"),
        birthDate: z
          .string()
          .regex(/^\d{8}$/)
          .optional()
          .describe("of correct: YYYYMMDD"),
        sex: z.enum(["0", "1", "2", "9"]).optional().describe("of correct: ISO/IEC 5218"),
      },
      answer: row,
    },
    async (lab, { id: resident, event, ...details }) => {
      await lab.readers.around(() => live(lab.counter, { id: resident }, event, details));
      lab.jpki.publishNow();
      lab.save();
      return residentRow(lab, resident);
    },
  ),
  listLifeEvents: operation(
    {
      room: "residents",
      method: "GET",
      path: "/life-events",
      ja: "ライフイベントの一覧",
      en: "What can happen in a life",
      answer: z.array(lifeEvent),
    },
    () =>
      LIFE_EVENTS.map((event) => {
        const [ja, en] = LIFE_EVENT_TEXT[event];
        return { event, title: { ja, en } };
      }),
  ),
  listSecrets: operation(
    {
      room: "residents",
      method: "GET",
      path: "/secrets",
      ja: "報告書や記録に現れてはならない値（漏えい検査用）",
      en: "What must not appear in any log of a system under test",
      answer: z.array(z.string()),
    },
    (lab) => secretsOf(lab.office, allCards(lab)),
  ),
};
