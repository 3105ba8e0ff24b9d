/** Actuators: what puts cards down, takes them away and cuts the power of readers. */
export {
  ACTS,
  type Act,
  type Acted,
  type Actuator,
  type ActuatorDriver,
  actuatorOver,
  CARD_ACTS,
} from "./actuator.ts";
export { openActuator } from "./open.ts";
export type { OperatorAnswer, OperatorDesk, OperatorPrompt } from "./operator/desk.ts";
export { httpDesk } from "./operator/http.ts";
export { simulatedActuator } from "./simulated.ts";
export { type ActuatorSpec, wiredFor } from "./spec.ts";
