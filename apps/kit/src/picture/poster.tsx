import { useId } from 'react';

import { type PictureKind, styleOf } from './genres.ts';
import { setType } from './lettering.ts';
import { type Palette, PALETTES } from './palettes.ts';
import styles from './picture.module.css';
import { at, pick, randomOf } from './random.ts';

/** A title, as far as its picture depends on it. The picture is the same wherever these are. */
export interface PicturedTitle {
  readonly id: string;
  readonly name: string;
  /** `Movie` or `LiveEvent`, as the graph says. */
  readonly __typename?: string;
  readonly genres?: readonly string[];
}

const WIDTH = 200;
const HEIGHT = 300;
const MARGIN = 14;

export const kindOf = ({ __typename }: PicturedTitle): PictureKind =>
  __typename === 'LiveEvent' ? 'LIVE_EVENT' : 'MOVIE';

export interface PosterProps {
  readonly title: PicturedTitle;
  /** A small line under the name, such as the year. */
  readonly note?: string;
  /** Beside the name as text: screen readers pass over it. */
  readonly isDecorative?: boolean;
}

/** A poster drawn from the title's own data: the genre gives the scene, the id everything else. It fills its width, 2 to 3. */
export function Poster({ title, note, isDecorative = false }: PosterProps) {
  const clip = useId();
  const random = randomOf(title.id);
  const { scenes, palettes } = styleOf(kindOf(title), title.genres ?? []);
  const palette = pick(
    random,
    palettes.flatMap((name): readonly Palette[] => PALETTES[name]),
  );
  const Scene = pick(random, scenes);
  const { size, lines } = setType(title.name, WIDTH - 2 * MARGIN);
  const leading = size * 0.92;
  const band = Math.round(lines.length * leading + 26 + (note === undefined ? 0 : 13));
  const isBelow = random() < 0.7;
  const art = { top: isBelow ? 0 : band, height: HEIGHT - band };
  const textTop = isBelow ? HEIGHT - band : 0;
  return (
    <svg
      className={styles['poster']}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      {...(isDecorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': title.name })}
    >
      <rect width={WIDTH} height={HEIGHT} fill={palette.ground} />
      <clipPath id={clip}>
        <rect width={WIDTH} height={art.height} />
      </clipPath>
      <g transform={`translate(0 ${art.top})`} clipPath={`url(#${clip})`}>
        {Scene({ random, palette, width: WIDTH, height: art.height })}
      </g>
      {/* One unit over the scene, whose edge would shine through. */}
      <rect y={isBelow ? textTop - 1 : 0} width={WIDTH} height={band + 1} fill={palette.ground} />
      <g fill={palette.ink} className={styles['name']} fontSize={size} aria-hidden="true">
        {lines.map((line, index) => (
          <text key={index} x={MARGIN} y={at(textTop + 9 + leading * (index + 0.9))}>
            {line}
          </text>
        ))}
      </g>
      {note !== undefined && (
        <text className={styles['note']} x={MARGIN} y={textTop + band - 10} fill={palette.ink} aria-hidden="true">
          {note}
        </text>
      )}
    </svg>
  );
}
