/** Sessions with a card: recorded, kept as text, replayed, and made into a simulated card. */
export { type RecordedCard, recordedCard } from "./card-image.ts";
export { type Difference, firstDifference } from "./difference.ts";
export type { KnownPins } from "./holes.ts";
export { type Recorder, recorderFor } from "./recorder.ts";
export type { RecordedStep, Recording } from "./recording.ts";
export { type ReplayOptions, type ReplayOutcome, replay } from "./replay.ts";
export { parseRecording, recordingText } from "./text.ts";
