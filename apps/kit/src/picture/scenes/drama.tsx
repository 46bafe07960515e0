import { at, between, pick } from '../random.ts';
import { range, type Scene } from './scene.ts';

/** A small figure in a large light. */
export const spotlight: Scene = ({ random, palette, width, height }) => {
  const x = width * between(random, 0.36, 0.64);
  const from = width * between(random, 0.1, 0.9);
  const floor = height * 0.82;
  const spread = Math.min(width * 0.3, 90);
  const s = Math.min(width / 200, height / 220);
  return (
    <>
      <rect width={width} height={height} fill={palette.first} />
      <path d={`M0 ${at(floor)}H${width}V${height}H0Z`} fill={palette.ground} />
      <path
        d={`M${at(from - 8)} 0h16L${at(x + spread)} ${at(floor + 12)}H${at(x - spread)}Z`}
        fill={palette.accent}
        opacity="0.75"
      />
      <ellipse cx={at(x)} cy={at(floor + 12)} rx={at(spread)} ry={at(spread * 0.2)} fill={palette.accent} />
      <path
        d={`M${at(x)} ${at(floor + 12)}l${at(spread * 2.2)} ${at(height * 0.12)}h${at(-spread * 0.5)}Z`}
        fill={palette.second}
      />
      <g
        transform={`translate(${at(x)} ${at(floor + 14)}) scale(${at(s * 10) / 10})`}
        fill={palette.ink === '#2b2530' ? palette.ink : '#1a1420'}
      >
        <circle cy="-74" r="10" />
        <path d="M-12-62h24l8 40-9 2-1 20H-10l-1-20-9-2Z" />
      </g>
    </>
  );
};

/** A house front at night; one window is lit. */
export const windows: Scene = ({ random, palette, width, height }) => {
  const across = Math.max(4, Math.round(width / 46));
  const pitch = width / across;
  const down = Math.ceil(height / (pitch * 1.25));
  const lit = Math.floor(between(random, across, across * Math.max(2, down - 1)));
  return (
    <>
      <rect width={width} height={height} fill={palette.first} />
      {range(across * down).map((index) => {
        const [x, y] = [(index % across) * pitch, Math.floor(index / across) * pitch * 1.25];
        const shade = index === lit ? palette.accent : pick(random, [palette.ground, palette.ground, palette.second]);
        const radius = pitch * 0.28;
        return (
          <path
            key={index}
            d={`M${at(x + pitch / 2 - radius)} ${at(y + pitch * 1.05)}V${at(y + pitch * 0.5)}a${at(radius)} ${at(radius)} 0 0 1 ${at(radius * 2)} 0V${at(y + pitch * 1.05)}Z`}
            fill={shade}
          />
        );
      })}
    </>
  );
};

/** Dots that grow towards a centre, as in a newspaper. */
export const halftone: Scene = ({ random, palette, width, height }) => {
  const pitch = 17;
  const [cx, cy] = [width * between(random, 0.3, 0.7), height * between(random, 0.35, 0.6)];
  const reach = Math.min(width, height) * 0.75;
  const dots = range(Math.ceil(height / pitch) * Math.ceil(width / pitch)).map((index) => {
    const across = Math.ceil(width / pitch);
    const row = Math.floor(index / across);
    const [x, y] = [(index % across) * pitch + (row % 2) * (pitch / 2), row * pitch + pitch / 2];
    const r = at(Math.max(0, 1 - Math.hypot(x - cx, y - cy) / reach) * pitch * 0.62);
    return r > 0.5 ? `M${at(x - r)} ${at(y)}a${r} ${r} 0 1 0 ${r * 2} 0a${r} ${r} 0 1 0 ${-r * 2} 0` : '';
  });
  return (
    <>
      <rect width={width} height={height} fill={palette.second} />
      <path d={dots.join('')} fill={palette.ground} />
      <rect y={at(height * 0.1)} width={at(width * 0.34)} height="6" fill={palette.accent} />
    </>
  );
};
