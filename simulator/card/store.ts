/**
 * Where a card lives while it has no power. The card saves itself after every lasting change and
 * before it answers, so `save` must be durable when it returns.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
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
    const fresh = `${this.path}.new`;
    const file = openSync(fresh, "w", 0o600);
    try {
      writeFileSync(file, serialiseCard(image));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, this.path);
    syncDirectory(dirname(this.path));
  }

  /** @throws SimulatorError CARD_IMAGE_INVALID when the file does not hold a card */
  load(): CardImage {
    return parseCard(readFileSync(this.path, "utf8"));
  }
}

/** Makes the rename itself durable. Windows cannot open a directory and needs no such call. */
function syncDirectory(path: string): void {
  if (process.platform === "win32") return;
  const directory = openSync(path, "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
