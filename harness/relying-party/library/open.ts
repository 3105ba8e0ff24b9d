/** The built-in library in a world: a municipal system of MKPF 類型①, in the 検証環境. */
import type { Lab } from "../../../simulator/lab/index.ts";
import { type HttpTraceSink, MkpfCounterClient, registerWithMkpf } from "../../platform/index.ts";
import type { Place } from "../place.ts";
import { openStore } from "../site/store.ts";
import { standingWith } from "../standing.ts";
import { type LibraryRecords, libraryRecords, NEW_LIBRARY } from "./records.ts";
import { librarySite } from "./routes.ts";
import { LIBRARY } from "./words.ts";

type Standing = NonNullable<LibraryRecords["standing"]>;

export function libraryRecordsOf(lab: Lab) {
  return openStore(lab.state, "relying-party-library.json", libraryRecords, NEW_LIBRARY);
}

export function openLibrary(lab: Lab, { origin, port }: Place, sink: HttpTraceSink) {
  const store = libraryRecordsOf(lab);
  const platform = () => lab.mkpf.verification;
  const redirectUri = `${origin}/callback`;
  const standing = standingWith<Standing>({
    remembered: () => store.content.standing,
    isKnown: ({ clientId }) =>
      platform()
        .state()
        .systems.some(
          (one) => one.clientId === clientId && one.redirectUris?.includes(redirectUri),
        ),
    apply: async () => {
      const name = `${LIBRARY.owner.ja} ${LIBRARY.name.ja}`;
      const redirectUris = [redirectUri];
      const credentials = await registerWithMkpf(platform(), {
        name,
        type: "mkpf-1",
        redirectUris,
      });
      lab.save();
      const fresh = { ...credentials, port };
      // PPIDs of another registration mean nobody here.
      store.keep({ ...NEW_LIBRARY, standing: fresh });
      return fresh;
    },
  });
  return librarySite({
    origin,
    store,
    now: () => lab.clock.now(),
    mkpf: async () => {
      const { clientId, privateKey } = await standing();
      const { profile } = platform();
      const issuer = lab.addresses.mkpf.verification;
      const options = { issuer, clientId, privateKey, redirectUri, profile, sink, ca: lab.webCa };
      return MkpfCounterClient.create(options);
    },
  });
}
