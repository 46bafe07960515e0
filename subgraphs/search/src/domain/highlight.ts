import { fold } from './folding.ts';
import type { Corrections, SearchText } from './search-text.ts';

/** The texts of a document in which a word may have been found. */
export interface Highlighted {
  readonly name: string;
  readonly people: readonly string[];
  readonly genres: readonly string[];
  readonly description: string;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}\p{Cf}]*/gu;
/** Characters of a description around its first match. */
const BEFORE = 60;
const EXCERPT = 160;

/** The first text with a match as HTML, in which matching words are in `<mark>`; the name when there is none. */
export function highlight(document: Highlighted, text: SearchText, corrections: Corrections): string {
  const isMatch = matcher(text, corrections);
  for (const field of [document.name, ...document.people, ...document.genres]) {
    const spans = matchesIn(field, isMatch);
    if (spans.length > 0) return marked(field, spans);
  }
  const [first] = matchesIn(document.description, isMatch);
  if (first === undefined) return escapeHtml(document.name);
  const excerpt = excerptOf(document.description, first[0]);
  return marked(excerpt, matchesIn(excerpt, isMatch));
}

type Span = readonly [start: number, end: number];

/** Whether a folded word is one of those looked for, or begins with one. */
function matcher({ chunks }: SearchText, corrections: Corrections): (folded: string) => boolean {
  const parts = chunks.flatMap((chunk) => [...chunk, chunk.join('')]);
  const exact = new Set([...parts, ...[...corrections.values()].flat()]);
  const last = chunks.at(-1)?.at(-1);
  const begun = parts.filter((part) => part.length > 2 || part === last);
  return (folded) => exact.has(folded) || begun.some((part) => folded.startsWith(part));
}

/** The places of matching words; of what has no space in it, such as `Spider-Man`, the whole when it matches as one. */
function matchesIn(text: string, isMatch: (folded: string) => boolean): Span[] {
  return [...text.matchAll(/\S+/gu)].flatMap((chunk) => {
    const words = [...chunk[0].matchAll(WORD)].map(({ 0: word, index }): [string, Span] => [
      fold(word),
      [chunk.index + index, chunk.index + index + word.length],
    ]);
    const found = words.filter(([word]) => isMatch(word)).map(([, span]) => span);
    const [first, last] = [words[0], words.at(-1)];
    if (found.length > 0 || !first || !last || !isMatch(words.map(([word]) => word).join(''))) return found;
    return [[first[1][0], last[1][1]] as const];
  });
}

function excerptOf(text: string, at: number): string {
  const start = at <= BEFORE ? 0 : text.indexOf(' ', at - BEFORE) + 1;
  const end = text.length <= start + EXCERPT ? text.length : text.lastIndexOf(' ', start + EXCERPT);
  const kept = text.slice(start > at ? at : start, end > at ? end : start + EXCERPT).replace(/\p{Cs}/gu, '');
  return `${start > 0 ? '… ' : ''}${kept}${end < text.length ? ' …' : ''}`;
}

function marked(text: string, spans: readonly Span[]): string {
  let html = '';
  let done = 0;
  for (const [start, end] of spans) {
    html += `${escapeHtml(text.slice(done, start))}<mark>${escapeHtml(text.slice(start, end))}</mark>`;
    done = end;
  }
  return html + escapeHtml(text.slice(done));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
