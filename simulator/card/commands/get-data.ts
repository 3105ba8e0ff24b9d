/** GET DATA (00 CA) at the level before any application (card-facts 2.7). */
import { type CommandApdu, type ResponseApdu, SW } from "../../iso7816/index.ts";
import { OBJECTS } from "../base-objects.ts";
import { answer, type CardContext, requireThat } from "../context.ts";
import { currentApplication } from "../file-system.ts";

export function getData({ p1, p2, data, ne }: CommandApdu, card: CardContext): ResponseApdu {
  requireThat(data.length === 0 && ne > 0, SW.WRONG_LENGTH);
  const tag = (p1 << 8) | p2;
  const object = card.image.objects.find((candidate) => candidate.tag === tag);
  const absent = card.has("absentObjectAnswers6A82") ? SW.FILE_NOT_FOUND : SW.REFERENCE_NOT_FOUND;
  requireThat(object !== undefined && isReachable(tag, card), absent);
  // Large objects are not cut: a client has to ask again with extended Le.
  requireThat(object.value.length <= ne, SW.WRONG_LENGTH);
  return answer(object.value);
}

function isReachable(tag: number, card: CardContext): boolean {
  if (tag === OBJECTS.lowerCertificate && card.has("noLowerCertificate")) return false;
  const inApplication = currentApplication(card) !== undefined;
  if (tag !== OBJECTS.atr) return !inApplication;
  return inApplication || !card.has("atrObjectNeedsApplication");
}
