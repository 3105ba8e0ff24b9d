/** Fuzzing the emulated platforms, over loopback, and the clients that listen to platforms. */
import type { FuzzTarget } from "../target.ts";
import { answerProperty } from "./answers.ts";
import { certificateProperty } from "./certificates.ts";
import { requestProperty } from "./requests.ts";
import { openWorld } from "./world.ts";

export const platformTarget: FuzzTarget = {
  title: { ja: "プラットフォームとそのクライアント", en: "platforms and their clients" },
  open: async (seed) => {
    const { asks, certificates, doors, listeners, close } = await openWorld(seed);
    const properties = [
      requestProperty(doors),
      certificateProperty(asks, certificates),
      answerProperty(listeners),
    ];
    return { properties, close };
  },
};
