/** A process that puts the simulator's test card behind the vpcd at the port it is given. */
import { testCard } from "../../../simulator/card/testing/card.ts";
import { VpcdCard } from "../../../simulator/reader/index.ts";

const card = await VpcdCard.connect({ card: testCard().card, port: Number(process.argv[2]) });
card.once("disconnected", () => process.exit());
