/** A person works the lent card reader from the browser page: picks a card, types the PINs. */
import { z } from "zod";
import { readCertificate } from "../../certificate.ts";
import type { CardTrouble, CounterCardReader } from "./card-reader.ts";
import type { Attendance } from "./desk.ts";
import { birthDateKeyFor, type CounterRefusal, type CounterWorld } from "./judge.ts";
import type { RegistrationReading, TouchReading } from "./reading.ts";

export interface Picking {
  readonly reader: CounterCardReader;
  readonly world: CounterWorld;
  readonly at: Attendance;
  readonly challenge: Uint8Array;
  /** The form. */
  readonly body: unknown;
}

type Picked = RegistrationReading | TouchReading | CardTrouble | CounterRefusal;

const form = z.object({
  card: z.string(),
  auth_pin: z.string().default(""),
  text_pin: z.string().default(""),
});

export async function pickCard(picking: Picking): Promise<Picked> {
  const chosen = form.safeParse(picking.body);
  if (!chosen.success) return { trouble: "カードを選んでください。 Choose a card." };
  const { card, auth_pin: auth, text_pin: text } = chosen.data;
  return picking.at.mode === "touch"
    ? touchWith(picking, card)
    : registerWith(picking, card, { auth, text });
}

async function registerWith(
  { reader, challenge }: Picking,
  card: string,
  pins: { readonly auth: string; readonly text: string },
): Promise<Picked> {
  const read = await reader.register(card, pins, challenge);
  return "trouble" in read ? read : { ...read, certificate: parse(read.certificate) };
}

async function touchWith({ reader, world }: Picking, card: string): Promise<Picked> {
  const read = await reader.certificate(card);
  if ("trouble" in read) return read;
  const certificate = parse(read);
  const birthDateKey = birthDateKeyFor(world, certificate);
  if (birthDateKey === undefined) return { refused: "registrationRequired" };
  const genuine = await reader.authenticate(card, birthDateKey);
  return typeof genuine === "boolean" ? { certificate, genuine } : genuine;
}

function parse(der: Uint8Array) {
  return readCertificate(Buffer.from(der).toString("base64"));
}
