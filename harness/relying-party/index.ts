/**
 * Built-in relying parties: reference clients of the platforms, and the default system under test.
 *
 * @example
 * const { library } = builtInSystems((await openRelyingParties(lab)).addresses);
 * await library.linkPatron("10000017", atCounter({ card, trusted: [lab.cvAnchors.visual], nonce }));
 */
export {
  builtInCounter,
  builtInLibrary,
  builtInPortal,
  builtInSystems,
  type PagesOptions,
} from "./built-in.ts";
export {
  type DigitalAuthOffer,
  defineSystems,
  type LocalAuthPfOffer,
  type MkpfOffer,
  type Surroundings,
  type SystemName,
  type SystemsDriver,
} from "./driver.ts";
export { type AtCounter, atCounter, type OnPhone, onPhone } from "./excursions.ts";
export {
  openRelyingParties,
  type RelyingParties,
  type RelyingPartiesOptions,
  type RelyingPartyAddresses,
} from "./relying-parties.ts";
export type {
  CounterUnderTest,
  Done,
  Excursion,
  Lent,
  LibraryTestData,
  LibraryUnderTest,
  NotDone,
  PortalUnderTest,
  SystemsUnderTest,
} from "./system-under-test.ts";
