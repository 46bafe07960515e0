import { at, between, pick } from '../random.ts';
import { range, type Scene } from './scene.ts';

/** A quilt of quarter circles and dots, with faces that laugh. */
export const tiles: Scene = ({ random, palette, width, height }) => {
  const across = Math.max(3, Math.round(width / 62));
  const size = width / across;
  const down = Math.ceil(height / size);
  const face = Math.floor(between(random, 0, across * Math.max(1, down - 1)));
  const other = (face + across + 1 + Math.floor(random() * 2)) % (across * down);
  return range(across * down).map((index) => {
    const place = `translate(${at((index % across) * size)} ${at(Math.floor(index / across) * size)}) scale(${at(size) / 100})`;
    const [back, front] = pick(random, [
      [palette.first, palette.accent],
      [palette.second, palette.ground],
      [palette.ground, palette.first],
      [palette.accent, palette.second],
      [palette.second, palette.ink],
    ]);
    const form = pick(random, FORMS);
    const isFace = index === face || index === other;
    return (
      <g key={index} transform={place}>
        <path d="M0 0h101v101H0Z" fill={isFace ? palette.ground : back} />
        {isFace ? (
          <>
            <circle cx="50" cy="50" r="44" fill={index === face ? palette.accent : palette.first} />
            <path d="M24 52a26 26 0 0 0 52 0Z" fill={palette.ink} />
            <circle cx="36" cy="36" r="5.5" fill={palette.ink} />
            <circle cx="64" cy="36" r="5.5" fill={palette.ink} />
          </>
        ) : (
          <path d={form} fill={front} />
        )}
      </g>
    );
  });
};

const FORMS = [
  'M0 0h100A100 100 0 0 1 0 100Z',
  'M100 100H0A100 100 0 0 1 100 0Z',
  'M0 50a50 50 0 0 1 100 0Z',
  'M50 0a50 50 0 0 1 0 100Z',
  'M50 18a32 32 0 1 1 0 64 32 32 0 0 1 0-64Z',
  'M0 0h50v50H0ZM50 50h50v50H50Z',
  'M0 100 50 0l50 100Z',
] as const;
