/** A piece of a text; those that match are marked. */
export interface Piece {
  readonly text: string;
  readonly isMatch: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };

/** The pieces of a highlight, which is escaped HTML whose only tag is `<mark>`. Everything else in it is text. */
export function piecesOf(highlight: string): readonly Piece[] {
  return highlight
    .split(/(<mark>[^]*?<\/mark>)/)
    .filter((part) => part !== '')
    .map((part) => {
      const isMatch = part.startsWith('<mark>') && part.endsWith('</mark>');
      return { text: unescaped(isMatch ? part.slice(6, -7) : part), isMatch };
    });
}

function unescaped(html: string): string {
  return html.replaceAll(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
