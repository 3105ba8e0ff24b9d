/**
 * Where a card lives while it has no power. The card saves itself after every lasting change and
 * before it answers, so `save` must be durable when it returns.
 */
import { readFileSync } from "node:fs";
import { replaceFile } from "../durable-file.ts";
import { type CardImage, parseCard, serialiseCard } from "./image.ts";

export interface CardStore {
  /** Durable when it returns; when it throws, the card takes it for a cut of the power. */
  save(image: CardImage): void;
}

/** A card that lives as long as the process. */
export class MemoryCardStore implements CardStore {
  /** What was saved last; undefined before the first change. */
  image: CardImage | undefined;

  save(image: CardImage): void {
    this.image = image;
  }
}

/** A card in one file that only its owner may read. */
export class FileCardStore implements CardStore {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Replaces the file as a whole: a reader, or a power cut, finds the old card or the new one. */
  save(image: CardImage): void {
    replaceFile(this.path, serialiseCard(image));
  }

  /** @throws SimulatorError CARD_IMAGE_INVALID when the file does not hold a card */
  load(): CardImage {
    return parseCard(readFileSync(this.path, "utf8"));
  }
}
