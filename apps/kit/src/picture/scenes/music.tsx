import { at, between } from '../random.ts';
import { range, type Scene } from './scene.ts';

/** A record, turned out of the frame. */
export const record: Scene = ({ random, palette, width, height }) => {
  const r = Math.min(width, height) * between(random, 0.5, 0.6);
  const [x, y] = [width * (random() < 0.5 ? 0.72 : 0.3), height * between(random, 0.42, 0.52)];
  return (
    <>
      <rect width={width} height={height} fill={palette.first} />
      <path d={`M0 0H${at(width * 0.18)}V${height}H0Z`} fill={palette.second} />
      <circle cx={at(x)} cy={at(y)} r={at(r)} fill={palette.ground} />
      {range(5).map((index) => (
        <circle
          key={index}
          cx={at(x)}
          cy={at(y)}
          r={at(r * (0.9 - index * 0.1))}
          fill="none"
          stroke={palette.ink}
          strokeOpacity="0.28"
          strokeWidth="1.4"
        />
      ))}
      <circle cx={at(x)} cy={at(y)} r={at(r * 0.36)} fill={palette.accent} />
      <path
        d={`M${at(x)} ${at(y)}L${at(x + r)} ${at(y - r * 0.36)}V${at(y - r * 0.04)}Z`}
        fill={palette.ink}
        opacity="0.16"
      />
      <circle cx={at(x)} cy={at(y)} r={at(r * 0.05)} fill={palette.ground} />
    </>
  );
};

/** The level of each tone. */
export const bars: Scene = ({ random, palette, width, height }) => {
  const count = Math.max(9, Math.round(width / 20));
  const pitch = width / count;
  const shades = [palette.first, palette.second, palette.accent];
  return range(count).map((index) => {
    const wave = Math.sin((index / count) * Math.PI) * 0.5 + between(random, 0.12, 0.42);
    const length = Math.min(0.88, wave) * height;
    return (
      <rect
        key={index}
        x={at(index * pitch + pitch * 0.14)}
        y={at(height / 2 - length / 2)}
        width={at(pitch * 0.72)}
        height={at(length)}
        rx={at(pitch * 0.36)}
        fill={shades[index % shades.length]}
      />
    );
  });
};

/** Notes on lines that bend. */
export const staff: Scene = ({ random, palette, width, height }) => {
  const bend = height * between(random, 0.12, 0.24) * (random() < 0.5 ? -1 : 1);
  const gap = Math.min(20, height * 0.075);
  const top = height * 0.46 - gap * 2;
  const yAt = (x: number, line: number): number => top + line * gap + Math.sin((x / width) * Math.PI * 2) * bend * 0.5;
  const line = (index: number): string =>
    `M${range(17)
      .map((step) => `${at((step / 16) * width)} ${at(yAt((step / 16) * width, index))}`)
      .join('L')}`;
  const notes = range(Math.max(5, Math.round(width / 38)));
  return (
    <>
      <circle
        cx={at(width * between(random, 0.3, 0.7))}
        cy={at(height * 0.46)}
        r={at(Math.min(width, height) * 0.42)}
        fill={palette.first}
      />
      <path d={range(5).map(line).join('')} fill="none" stroke={palette.ink} strokeWidth="1.6" />
      {notes.map((index) => {
        const x = ((index + 0.5) / notes.length) * width;
        const y = yAt(x, between(random, -0.5, 4.5));
        return (
          <g key={index} fill={palette.accent}>
            <ellipse
              cx={at(x)}
              cy={at(y)}
              rx={at(gap * 0.62)}
              ry={at(gap * 0.46)}
              transform={`rotate(-20 ${at(x)} ${at(y)})`}
            />
            <rect x={at(x + gap * 0.44)} y={at(y - gap * 2.7)} width="2.6" height={at(gap * 2.7)} />
          </g>
        );
      })}
    </>
  );
};
