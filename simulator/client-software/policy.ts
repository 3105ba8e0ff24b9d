/**
 * The security rule of かざし利用 (platform-facts 3.3): without PIN only face to face, in a managed and
 * monitored area or at a managed terminal lent out; never online, never outdoors.
 */
import { ClientSoftwareError } from "./error.ts";
import type { CardRequest, Place } from "./request.ts";

const ATTENDED: ReadonlySet<Place> = new Set(["faceToFace", "managedArea", "lentTerminal"]);

/**
 * Passes what may be done at such a place.
 *
 * @throws ClientSoftwareError placeNotAllowed
 */
export function requirePermitted({ use, place }: Pick<CardRequest, "use" | "place">): void {
  if (use === "registration" || ATTENDED.has(place)) return;
  throw new ClientSoftwareError("placeNotAllowed");
}
