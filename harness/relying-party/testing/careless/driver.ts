/** Careless systems as a vendor's driver makes them. */
import { defineSystems } from "../../driver.ts";
import { carelessCounter } from "./counter.ts";
import { nextFaultIn } from "./faults.ts";
import { carelessLibrary } from "./library.ts";
import { carelessPortal } from "./portal.ts";

export default defineSystems({
  library: (given) => carelessLibrary(given, nextFaultIn(given.scenario)),
  counter: (given) => carelessCounter(given, nextFaultIn(given.scenario)),
  portal: (given) => carelessPortal(given, nextFaultIn(given.scenario)),
});
