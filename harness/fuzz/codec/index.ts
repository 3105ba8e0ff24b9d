/** Fuzzing the language both sides speak: APDUs, TLV, ATR, hexadecimal. */
import { type FuzzTarget, inMemory } from "../target.ts";
import { atrProperties } from "./answers-to-reset.ts";
import { apduProperties } from "./apdus.ts";
import { hexProperty, tlvProperties } from "./objects.ts";

export const codecTarget: FuzzTarget = {
  title: { ja: "APDU・TLV・ATRの符号化", en: "APDU, TLV and ATR codecs" },
  open: async () =>
    inMemory([...apduProperties(), ...tlvProperties(), ...atrProperties(), hexProperty]),
};
