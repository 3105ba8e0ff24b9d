/** `--atr NAME`, for the commands that make or show a card. */
import { Option } from "commander";
import { ATR_NAMES } from "../../simulator/card/index.ts";

export function atrOption(): Option {
  return new Option("--atr <name>", "カードのATR / how the card answers reset").choices(ATR_NAMES);
}
