/** Where the test world stood before it moved to testing/. */
export * from "./testing/world.ts";
