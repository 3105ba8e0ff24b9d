/**
 * The least process that holds a card as `jpki-bench lab` does: the card of one file, saved by the
 * store of the product, at the end of a vpcd link. Started with the path of the file and the port.
 */
import { argv } from "node:process";
import { SimulatedCard } from "../../../../simulator/card/card.ts";
import { FileCardStore } from "../../../../simulator/card/store.ts";
import { Random } from "../../../../simulator/random.ts";
import { VpcdCard } from "../../../../simulator/reader/vpcd.ts";

const [, , path = "", port = ""] = argv;
const store = new FileCardStore(path);
const card = new SimulatedCard(store.load(), { store, random: new Random("kill") });
await VpcdCard.connect({ card, port: Number(port) });
