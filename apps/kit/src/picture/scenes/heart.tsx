import { at, between } from '../random.ts';
import { range, type Scene } from './scene.ts';

/** Two circles that share a part. */
export const lens: Scene = ({ random, palette, width, height }) => {
  const r = Math.min(width * 0.36, height * 0.36);
  const y = height * between(random, 0.42, 0.5);
  const apart = r * between(random, 0.5, 0.68);
  const [left, right] = [width / 2 - apart, width / 2 + apart];
  const rise = Math.sqrt(r * r - apart * apart);
  const waves = range(4);
  return (
    <>
      <rect width={width} height={height} fill={palette.accent} opacity="0.4" />
      <path
        d={waves
          .map((index) => {
            const level = at(height * (0.72 + index * 0.08));
            return `M0 ${level}q${at(width / 8)}-16 ${at(width / 4)} 0t${at(width / 4)} 0 ${at(width / 4)} 0 ${at(width / 4)} 0`;
          })
          .join('')}
        fill="none"
        stroke={palette.first}
        strokeWidth="5"
        opacity="0.55"
      />
      <circle cx={at(left)} cy={at(y)} r={at(r)} fill={palette.first} />
      <circle cx={at(right)} cy={at(y)} r={at(r)} fill={palette.second} />
      <path
        d={`M${at(width / 2)} ${at(y - rise)}A${at(r)} ${at(r)} 0 0 1 ${at(width / 2)} ${at(y + rise)}A${at(r)} ${at(r)} 0 0 1 ${at(width / 2)} ${at(y - rise)}Z`}
        fill={palette.ink}
      />
      <path
        d="M0 9C-4 4-12 0-12-7a6.500 6.500 0 0 1 12-3.500A6.500 6.500 0 0 1 12-7C12 0 4 4 0 9Z"
        transform={`translate(${at(width / 2)} ${at(y)}) scale(${at((r / 50) * 10) / 10})`}
        fill={palette.accent}
      />
    </>
  );
};

/** Balloons over clouds. */
export const balloons: Scene = ({ random, palette, width, height }) => {
  const shades = [palette.first, palette.second, palette.ink, palette.first, palette.second];
  const count = Math.max(4, Math.min(9, Math.round(width / 44)));
  return (
    <>
      <rect width={width} height={height} fill={palette.accent} opacity="0.45" />
      {range(count).map((index) => {
        const x = ((index + 0.5) / count) * width + between(random, -10, 10);
        const y = height * between(random, 0.18, 0.52);
        const r = Math.min(width, height) * between(random, 0.1, 0.16);
        return (
          <g key={index} fill={shades[index % shades.length]}>
            <path
              d={`M${at(x)} ${at(y + r)}q-8 ${at(height * 0.14)} 0 ${at(height * 0.4)}`}
              fill="none"
              stroke={palette.ink}
              strokeWidth="1.2"
            />
            <ellipse cx={at(x)} cy={at(y)} rx={at(r * 0.86)} ry={at(r)} />
            <path d={`M${at(x)} ${at(y + r * 0.94)}l5 7h-10Z`} />
            <ellipse
              cx={at(x - r * 0.32)}
              cy={at(y - r * 0.36)}
              rx={at(r * 0.14)}
              ry={at(r * 0.24)}
              fill="#fff"
              opacity="0.6"
            />
          </g>
        );
      })}
      <path
        d={range(count + 1)
          .map((index) => {
            const r = at((width / count) * 0.62);
            return `M${at((index / count) * width - r)} ${at(height * 0.9)}a${r} ${r} 0 0 1 ${at(r * 2)} 0V${height}h${at(-r * 2)}Z`;
          })
          .join('')}
        fill={palette.ground}
      />
    </>
  );
};
