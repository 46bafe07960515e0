import { styleOf } from './genres.ts';
import { type Palette, PALETTES } from './palettes.ts';
import styles from './picture.module.css';
import { kindOf, type PicturedTitle } from './poster.tsx';
import { pick, randomOf } from './random.ts';

const WIDTH = 900;
const HEIGHT = 320;

/** The scene of a title's poster, wide and without words. It is decoration, and fills the element around it. */
export function Backdrop({ title }: { readonly title: PicturedTitle }) {
  const random = randomOf(title.id);
  const { scenes, palettes } = styleOf(kindOf(title), title.genres ?? []);
  const palette = pick(
    random,
    palettes.flatMap((name): readonly Palette[] => PALETTES[name]),
  );
  const Scene = pick(random, scenes);
  return (
    <svg
      className={styles['backdrop']}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      <rect width={WIDTH} height={HEIGHT} fill={palette.ground} />
      {Scene({ random, palette, width: WIDTH, height: HEIGHT })}
    </svg>
  );
}
