import { at, between } from '../random.ts';
import { range, type Scene } from './scene.ts';

/** A figure's shadow behind blinds. */
export const blinds: Scene = ({ random, palette, width, height }) => {
  const slats = 11;
  const pitch = height / slats;
  const x = width * between(random, 0.38, 0.62);
  const scale = Math.min(width / 200, height / 260) * between(random, 0.95, 1.15);
  return (
    <>
      <rect width={width} height={height} fill={palette.second} />
      <circle
        cx={at(width * between(random, 0.3, 0.7))}
        cy={at(height * 0.36)}
        r={at(92 * scale)}
        fill={palette.accent}
      />
      <g transform={`translate(${at(x)} ${at(height * 0.3)}) scale(${at(scale * 10) / 10})`} fill={palette.first}>
        <path d="M-62-14c20 8 104 8 124 0 4-2 3-8-2-9l-24-5c-4-22-12-34-22-34-6 0-8 4-14 4s-8-4-14-4c-10 0-18 12-22 34l-24 5c-5 1-6 7-2 9Z" />
        <path d="M-30-8c0 36 12 58 30 58S30 28 30-8Zm-10 64C-70 66-88 90-92 240H92C88 90 70 66 40 56L0 92Z" />
      </g>
      <path
        d={range(slats)
          .map((index) => `M0 ${at(index * pitch)}H${width}V${at(index * pitch + pitch * (0.2 + index * 0.03))}H0Z`)
          .join('')}
        fill={palette.ground}
      />
    </>
  );
};

/** Circles that fall into each other. */
export const vertigo: Scene = ({ random, palette, width, height }) => {
  const turns = 6 + Math.floor(random() * 5);
  const twist = between(random, -1.1, 1.1);
  const [x, y] = [width / 2, height * 0.46];
  const largest = Math.hypot(width, height) * 0.52;
  const start = random() * Math.PI * 2;
  const shades = [palette.first, palette.ground, palette.second, palette.ground];
  const rings = range(turns).reduce<{ x: number; y: number; r: number }[]>((found, index) => {
    const outer = found.at(-1);
    const r = largest * (1 - index / turns) ** 1.25;
    const shift = outer ? (outer.r - r) * 0.72 : 0;
    const angle = start + index * twist;
    return [
      ...found,
      { x: (outer?.x ?? x) + Math.cos(angle) * shift, y: (outer?.y ?? y) + Math.sin(angle) * shift, r },
    ];
  }, []);
  return rings.map((ring, index) => (
    <circle
      key={index}
      cx={at(ring.x)}
      cy={at(ring.y)}
      r={at(ring.r)}
      fill={index === turns - 1 ? palette.accent : shades[index % shades.length]}
    />
  ));
};
