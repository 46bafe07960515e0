/** Control characters, lone surrogates, line separators and marks of direction: they could forge or hide log lines. */
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text that a client chose, bounded and printable, for a log. */
export function loggableText(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replace(INVISIBLE, '\u{fffd}');
}
