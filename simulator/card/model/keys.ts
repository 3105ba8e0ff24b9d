/** Keys in the model: signatures, authentication, the session key (card-facts 4.1, 6.2 to 6.5). */
import type { Action, SessionBlock, Target } from "./action.ts";
import { data, type Outcome, REFUSED, status } from "./outcome.ts";
import type { ModelState } from "./state.ts";
import { type ModelFile, TABLES } from "./tables.ts";

const MODULUS = 256;
const TEXT_PIN = 0x11;
const OPERATOR_KEY = 0x16;

/** Fewest and most bytes of input, by P1. */
const INPUTS: readonly (readonly [number, number])[] = [
  [1, 245],
  [1, 255],
  [32, 32],
  [1, 255],
  [32, 32],
  [1, 255],
];

export function sign(
  card: ModelState,
  { target, mode, bytes }: Extract<Action, { do: "sign" }>,
): Outcome {
  const input = INPUTS[mode];
  if (input === undefined) return status(0x6a86);
  const id = target === "default" ? defaultKey(card) : undefined;
  const key = target === "default" ? fileOr(card, id, 0x6a88) : card.find(target, 0x6a88);
  if (typeof key === "number") return status(key);
  if (key.kind !== "key") return status(0x6981);
  if (key.use !== "sign") return status(0x6985);
  if (!card.opens(key.by)) return status(0x6982);
  if (bytes < input[0] || bytes > input[1]) return status(0x6985, 0x6700);
  const file = id ?? card.file;
  if (card.ap === undefined || file === undefined) return REFUSED;
  return data(MODULUS, { of: "key", ap: card.ap, file, mode, input: bytes });
}

/** INTERNAL AUTHENTICATE signs like P1 03. */
export function authenticate(card: ModelState, target: Target): Outcome {
  const key = card.find(target, 0x6a88);
  if (typeof key === "number") return status(key);
  if (key.kind !== "key") return status(0x6981);
  if (key.use !== "internal") return status(key.by === "free" ? 0x6985 : 0x6982);
  const { ap, file } = card;
  if (ap === undefined || file === undefined) return REFUSED;
  return data(MODULUS, { of: "key", ap, file, mode: 3, input: 32 });
}

/**
 * EXTERNAL AUTHENTICATE with a wrong signature: 6300, "wrong, without limit", where a key could be
 * proved. UNVERIFIED: that the challenge is used up by it.
 */
export function pretend(card: ModelState, target: Target): Outcome {
  const key = card.find(target, 0x6a88);
  if (typeof key === "number" || key.kind !== "proof" || card.file !== OPERATOR_KEY) return REFUSED;
  if (!card.challenged) return REFUSED;
  card.challenged = false;
  return status(0x6300);
}

export function setSessionKey(card: ModelState, block: SessionBlock): Outcome {
  switch (card.ap) {
    case "common":
    case "visual":
      return status(0x66f1);
    case "jpki":
    case "juki":
      return status(0x6982);
    case "text":
      return begin(card, block);
    default:
      return REFUSED;
  }
}

/** UNVERIFIED: that a refused block leaves the session before it as it is. */
function begin(card: ModelState, block: SessionBlock): Outcome {
  if (!card.rights.has(TEXT_PIN)) return status(0x6982);
  if (block === "beyond the modulus") return status(0x6f00);
  if (block !== "seed") return status(0x6a80);
  card.secure = true;
  return status(0x9000);
}

function defaultKey({ ap }: ModelState): number | undefined {
  return ap === undefined ? undefined : TABLES[ap].defaultKey;
}

function fileOr(card: ModelState, id: number | undefined, absent: number): ModelFile | number {
  return (id === undefined ? undefined : card.fileWith(id)) ?? absent;
}
