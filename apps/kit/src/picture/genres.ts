import { type PaletteName } from './palettes.ts';
import { type Scene } from './scenes/scene.ts';
import { bars, record, staff } from './scenes/music.tsx';
import { halftone, spotlight, windows } from './scenes/drama.tsx';
import { tiles } from './scenes/comedy.tsx';
import { fangs, moonlight } from './scenes/horror.tsx';
import { balloons, lens } from './scenes/heart.tsx';
import { bolt, columns, hills, rays } from './scenes/adventure.tsx';
import { blinds, vertigo } from './scenes/noir.tsx';
import { planet, portal } from './scenes/wonder.tsx';
import { curtain } from './scenes/stage.tsx';
import { arena } from './scenes/sport.tsx';

export interface Style {
  readonly scenes: readonly Scene[];
  readonly palettes: readonly PaletteName[];
}

export type PictureKind = 'MOVIE' | 'LIVE_EVENT';

const style = (palette: PaletteName, ...scenes: Scene[]): Style => ({ palettes: [palette], scenes });
/** The same scenes in the inks of another palette as well. */
const also = ({ palettes, scenes }: Style, palette: PaletteName): Style => ({
  palettes: [...palettes, palette],
  scenes,
});

const SPORT = style('field', arena);
const LAUGHS = style('party', tiles);
const CONCERT = style('neon', record, bars);

/** The look of each genre that the catalog has. */
const STYLES: Readonly<Record<string, Style>> = {
  Action: also(style('blaze', bolt, rays), 'neon'),
  Adventure: style('dust', hills, rays),
  Comedy: LAUGHS,
  'Stand-up': LAUGHS,
  Sketch: LAUGHS,
  Improvisation: LAUGHS,
  Documentary: style('dusk', halftone),
  Drama: also(style('dusk', spotlight, windows), 'blush'),
  Family: style('party', balloons),
  Animation: style('party', balloons),
  Fantasy: also(style('spell', portal, moonlight), 'velvet'),
  History: also(style('dust', columns, hills), 'dusk'),
  Horror: style('fright', fangs, moonlight),
  Romance: also(style('blush', lens), 'party'),
  'Science Fiction': also(style('orbit', planet), 'neon'),
  Superhero: style('blaze', bolt),
  Thriller: also(style('noir', blinds, vertigo, windows), 'orbit'),
  Crime: style('noir', blinds, vertigo),
  Western: style('dust', hills),
  Musical: style('velvet', curtain),
  Classic: style('velvet', curtain),
  Classical: style('velvet', staff),
  'Film Music': style('velvet', staff),
  'Indian Classical': style('velvet', staff),
  Folk: style('dusk', staff),
  Jazz: style('noir', record),
  Swing: style('noir', record),
  Soul: style('blush', record),
  Funk: style('neon', record),
  Electronic: style('orbit', bars),
  Esports: style('orbit', bars),
  Metal: style('fright', bars),
  Basketball: SPORT,
  Boxing: SPORT,
  Darts: SPORT,
  Football: SPORT,
  'Roller Derby': SPORT,
  'Table Tennis': SPORT,
};

const FALLBACK: Readonly<Record<PictureKind, Style>> = {
  MOVIE: style('velvet', curtain, spotlight),
  LIVE_EVENT: CONCERT,
};

/** The look of a title: of the first genre that has one. A drama on a stage has the curtain. */
export function styleOf(kind: PictureKind, genres: readonly string[]): Style {
  const known = genres.find((genre) => genre in STYLES);
  if (known === undefined) return FALLBACK[kind];
  if (kind === 'LIVE_EVENT' && known === 'Drama') return style('velvet', curtain);
  return STYLES[known] as Style;
}
