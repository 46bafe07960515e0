/** Line feeds and tabs are the control characters that are seen. */
const VISIBLE_CONTROLS = /[\n\t]/g;
const INVISIBLE = /[\p{Cc}\p{Cs}]/u;
/** More than space and characters without a shape. */
const SEEN = /[^\s\p{Cf}]/u;

/** The text without surrounding space; null when it is empty, too long or has invisible characters. */
export function parseText(text: string, maxLength: number): string | null {
  const tidy = text.replaceAll('\r\n', '\n').trim();
  const isVisible = !INVISIBLE.test(tidy.replaceAll(VISIBLE_CONTROLS, ' '));
  return SEEN.test(tidy) && tidy.length <= maxLength && isVisible ? tidy : null;
}

/** As {@link parseText}, on one line. */
export function parseLine(text: string, maxLength: number): string | null {
  return parseText(text.replaceAll(/\s+/g, ' '), maxLength);
}
