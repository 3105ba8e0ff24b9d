/** What scenarios about JPKI need besides the world itself. */
export { type Forgery, forgeryOf } from "./forgery.ts";
export { type LibraryOptions, readByLibrary } from "./library-client.ts";
export { type PassedAnswer, type StandBetween, standBetween } from "./stand-between.ts";
