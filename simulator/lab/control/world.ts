/** Control API: the world as a whole, and its clock. */
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import { MUNICIPALITIES, PERSONAS } from "../../residents/index.ts";
import { labAddresses } from "../rows.ts";
import type { ControlledLab } from "./controlled-lab.ts";
import { bilingual, moment, named } from "./named.ts";
import { operation } from "./operation.ts";

const clock = named("Clock", z.strictObject({ now: moment, running: z.boolean() }));

const world = named(
  "World",
  z.strictObject({
    seed: z.string(),
    clock,
    addresses: labAddresses,
    webCa: z
      .string()
      .exactOptional()
      .describe("PEM, to be trusted by clients of platforms; absent where these speak HTTP"),
  }),
);

const persona = named(
  "Persona",
  z.strictObject({ id: z.string(), title: bilingual, age: z.int() }),
);

const municipality = named(
  "Municipality",
  z.strictObject({ code: z.string().describe("five digits"), name: z.string() }),
);

/** Ten thousand years: more is no date. */
const FAR = 315_569_520_000;
const seconds = z.number().min(-FAR).max(FAR);

export const worldOperations = {
  getWorld: operation(
    {
      room: "world",
      method: "GET",
      path: "/world",
      ja: "模擬環境の概要",
      en: "What this world is, and where its services are",
      answer: world,
    },
    worldRow,
  ),
  resetWorld: operation(
    {
      room: "world",
      method: "POST",
      path: "/world/reset",
      ja: "最初の状態に戻す（住民・登録・失効・障害・カードの挿入を消し、時計を現在に戻す）",
      en: "Begin anew: nobody lives here, no system is registered, the clock shows the present",
      answer: world,
    },
    async (lab) => {
      await lab.reset();
      return worldRow(lab);
    },
  ),
  listPersonas: operation(
    {
      room: "world",
      method: "GET",
      path: "/personas",
      ja: "人物像の一覧",
      en: "Kinds of people there are",
      answer: z.array(persona),
    },
    () => PERSONAS.map(({ id, title, age }) => ({ id, title, age })),
  ),
  listMunicipalities: operation(
    {
      room: "world",
      method: "GET",
      path: "/municipalities",
      ja: "市区町村の一覧",
      en: "Municipalities people can live in",
      answer: z.array(municipality),
    },
    () => MUNICIPALITIES.map(({ code, ja }) => ({ code, name: ja })),
  ),
  getClock: operation(
    {
      room: "clock",
      method: "GET",
      path: "/clock",
      ja: "時計を見る",
      en: "What time it is in this world",
      answer: clock,
    },
    (lab) => clockRow(lab),
  ),
  setClock: operation(
    {
      room: "clock",
      method: "PUT",
      path: "/clock",
      ja: "時計を合わせる、止める、動かす",
      en: "Set the clock, stop it, let it run",
      fields: { now: moment.optional(), running: z.boolean().optional() },
      answer: clock,
    },
    (lab, { now, running }) => {
      // First: a clock that is to stand shall show what it was set to, to the millisecond.
      if (running === false) lab.clock.stop();
      if (now !== undefined) lab.clock.travelTo(new Date(now));
      if (running === true) lab.clock.run();
      return savedClock(lab);
    },
  ),
  moveClock: operation(
    {
      room: "clock",
      method: "POST",
      path: "/clock/move",
      ja: "時計を進める（負なら戻す）",
      en: "Move the clock on, or back when negative",
      fields: { days: seconds.default(0), seconds: seconds.default(0) },
      answer: clock,
    },
    (lab, moved) => {
      const by = (moved.days * 86_400 + moved.seconds) * 1000;
      requireDate(lab.clock.now().getTime() + by);
      lab.clock.advance(by);
      return savedClock(lab);
    },
  ),
};

function worldRow(lab: ControlledLab) {
  const { seed, addresses, webCa } = lab;
  return { seed, clock: clockRow(lab), addresses, ...(webCa === undefined ? {} : { webCa }) };
}

function clockRow({ clock }: ControlledLab) {
  return { now: clock.now().toISOString(), running: clock.running };
}

function savedClock(lab: ControlledLab) {
  lab.save();
  return clockRow(lab);
}

/** Certificates and status messages know the years 1950 to 9999 (RFC 5280 section 4.1.2.5). */
function requireDate(time: number): void {
  const year = new Date(time).getUTCFullYear();
  if (year >= 1950 && year <= 9999) return;
  throw new SimulatorError("CONTROL_INVALID", "the clock shows years from 1950 to 9999 only");
}
