/**
 * The one-way doors of the house: scenarios -> harness -> { simulator, reports }.
 * There is no other arrow between the floors, and no circular import anywhere.
 */
const door = (name, from, closed, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: `^${from}/` },
  to: { path: closed.map((floor) => `^${floor}/`) },
});

/** The rooms of the harness, the lowest first: each may use those before it and none behind it. */
const ROOMS = [
  "reader",
  "card",
  "guard",
  "actuator",
  "platform",
  "config",
  "client-software",
  "relying-party",
  "scenario",
  "run",
  "record",
  "soak",
  "fuzz",
  "cli",
  "bench",
];

const street = ROOMS.slice(0, -1).map((room, place) => ({
  name: `harness-${room}-uses-lower-rooms-only`,
  severity: "error",
  from: { path: `^harness/${room}/`, pathNot: ["/testing/", "\\.(test|bench)\\.ts$"] },
  to: { path: ROOMS.slice(place + 1).map((later) => `^harness/${later}/`) },
}));

export default {
  forbidden: [
    ...street,
    door(
      "simulator-imports-nothing-of-ours",
      "simulator",
      ["harness", "scenarios", "reports"],
      "The simulated world stands alone: a vendor can use it without the bench.",
    ),
    door(
      "reports-import-nothing-of-ours",
      "reports",
      ["harness", "scenarios", "simulator"],
      "A report is a function of the journal and of nothing else.",
    ),
    door(
      "nothing-imports-scenarios",
      "harness",
      ["scenarios"],
      "Scenarios are found by path, never imported: a user's own stand on equal terms with ours.",
    ),
    {
      name: "no-test-support-in-the-product",
      comment: "What stands in a folder named testing is left out of the package.",
      severity: "error",
      from: { pathNot: ["/testing/", "\\.(test|bench)\\.ts$"] },
      to: { path: "/testing/" },
    },
    {
      name: "no-circular-imports",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-missing-imports",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: ["^pcsclite$", "^node-hid$", "^serialport$"] },
    },
    {
      name: "codec-is-pure",
      comment:
        "iso7816 is the language both sides speak: no I/O, nothing of Node, nothing above it.",
      severity: "error",
      from: { path: "^simulator/iso7816/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: ["^simulator/iso7816/", "^simulator/errors\\.ts$"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
