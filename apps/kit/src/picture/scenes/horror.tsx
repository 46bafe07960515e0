import { at, between } from '../random.ts';
import { polygon, range, type Scene } from './scene.ts';

/** An eye between two jaws. */
export const fangs: Scene = ({ random, palette, width, height }) => {
  const teeth = Math.max(5, Math.round(width / 34));
  const jaw = (base: number, tip: number): string =>
    polygon([
      [0, base],
      ...range(teeth * 2 + 1).map((index) => {
        const reach = index % 2 === 0 ? 0.3 : between(random, 0.75, 1.1);
        return [(index / (teeth * 2)) * width, base + (tip - base) * reach] as const;
      }),
      [width, base],
    ]);
  const [x, y, r] = [width / 2, height * 0.5, Math.min(width, height) * 0.19];
  const look = r * between(random, -0.25, 0.25);
  return (
    <>
      <rect width={width} height={height} fill={palette.first} />
      <path d={jaw(0, height * 0.36)} fill={palette.ground} />
      <path d={jaw(height, height * 0.62)} fill={palette.ground} />
      <path
        d={`M${at(x - r * 1.9)} ${at(y)}Q${at(x)} ${at(y - r * 1.7)} ${at(x + r * 1.9)} ${at(y)}Q${at(x)} ${at(y + r * 1.7)} ${at(x - r * 1.9)} ${at(y)}Z`}
        fill={palette.accent}
      />
      <circle cx={at(x + look)} cy={at(y)} r={at(r * 0.66)} fill={palette.second} />
      <ellipse cx={at(x + look)} cy={at(y)} rx={at(r * 0.16)} ry={at(r * 0.6)} fill={palette.ground} />
    </>
  );
};

/** A house on a hill before a moon that is too large. */
export const moonlight: Scene = ({ random, palette, width, height }) => {
  const r = Math.min(width, height) * between(random, 0.34, 0.4);
  const [x, y] = [width * between(random, 0.42, 0.58), height * 0.42];
  const s = Math.min(width / 200, height / 240);
  const bats = range(3).map(() => [x + r * between(random, -1.1, 1), y - r * between(random, 0.1, 1)] as const);
  return (
    <>
      <rect width={width} height={height} fill={palette.second} />
      <circle cx={at(x)} cy={at(y)} r={at(r)} fill={palette.accent} />
      <path
        d={bats.map(([bx, by]) => `M${at(bx)} ${at(by)}q6-9 12-2 6-7 12 2-7-2-10 3l-2 3-2-3q-3-5-10-3Z`).join('')}
        fill={palette.first}
      />
      <path
        d={`M0 ${height}V${at(height * 0.86)}Q${at(x)} ${at(height * 0.56)} ${width} ${at(height * 0.88)}V${height}Z`}
        fill={palette.ground}
      />
      <g transform={`translate(${at(x - 34 * s)} ${at(height * 0.42)}) scale(${at(s * 10) / 10})`}>
        <path d="M0 100V40l16-22 16 22v8h14V10L56-8 66 10v90Z" fill={palette.ground} />
        <path d="M12 48h8v12h-8ZM52 24h8v12h-8ZM52 56h8v12h-8Z" fill={palette.first} />
      </g>
    </>
  );
};
