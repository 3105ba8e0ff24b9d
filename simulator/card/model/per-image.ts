/** Looks a card over once: an image never changes in place, and a million commands ask about it. */
import type { CardImage } from "../image.ts";

export function perImage<T>(look: (image: CardImage) => T): (image: CardImage) => T {
  const seen = new WeakMap<CardImage, { readonly found: T }>();
  return (image) => {
    const known = seen.get(image);
    if (known !== undefined) return known.found;
    const found = look(image);
    seen.set(image, { found });
    return found;
  };
}
