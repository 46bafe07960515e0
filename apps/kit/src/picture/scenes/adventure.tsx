import { at, between, type Random } from '../random.ts';
import { polygon, range, type Scene } from './scene.ts';

/** A sun whose beams fill the sky. */
export const rays: Scene = ({ random, palette, width, height }) => {
  const [x, y] = [width * between(random, 0.35, 0.65), height * between(random, 0.5, 0.66)];
  const reach = width + height;
  const count = 14 + Math.floor(random() * 3) * 2;
  const turn = random();
  const beam = (index: number): string => {
    const point = (offset: number): readonly [number, number] => {
      const angle = ((index + offset + turn) / count) * Math.PI * 2;
      return [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach];
    };
    return polygon([[x, y], point(0), point(0.5)]);
  };
  const radius = Math.min(width, height) * 0.24;
  return (
    <>
      <path d={range(count).map(beam).join('')} fill={palette.first} />
      <circle cx={at(x)} cy={at(y)} r={at(radius * 1.35)} fill={palette.ground} />
      <circle cx={at(x)} cy={at(y)} r={at(radius)} fill={palette.accent} />
      <path d={ridge(random, width, height, 0.72, 5)} fill={palette.second} />
      <path d={ridge(random, width, height, 0.84, 7)} fill={palette.ground} />
    </>
  );
};

/** A flash of lightning before leaning bars. */
export const bolt: Scene = ({ random, palette, width, height }) => {
  const lean = height * between(random, 0.35, 0.6);
  const step = width / between(random, 2.6, 4.2);
  const bars = range(Math.ceil((width + lean) / step) + 1);
  const x = width * between(random, 0.42, 0.56);
  const scale = Math.min(width / 200, height / 240);
  const [dx, dy] = [x - 50 * scale, height * 0.06];
  return (
    <>
      <path
        d={bars
          .map((index) => {
            const left = index * step - lean;
            return polygon([
              [left, height],
              [left + lean, 0],
              [left + lean + step * 0.55, 0],
              [left + step * 0.55, height],
            ]);
          })
          .join('')}
        fill={palette.second}
      />
      <circle cx={at(x)} cy={at(height * 0.45)} r={at(78 * scale)} fill={palette.first} />
      <path
        d="M62 0 8 112h36l-18 96 74-128H62L92 0Z"
        transform={`translate(${at(dx)} ${at(dy)}) scale(${at(scale * 10) / 10})`}
        fill={palette.accent}
      />
    </>
  );
};

/** Ranges of hills below a low sun, the nearest the darkest. */
export const hills: Scene = ({ random, palette, width, height }) => {
  const radius = Math.min(width, height) * between(random, 0.2, 0.28);
  const [x, y] = [width * between(random, 0.25, 0.75), height * between(random, 0.3, 0.44)];
  const shades = [palette.first, palette.second, palette.ink];
  return (
    <>
      <circle cx={at(x)} cy={at(y)} r={at(radius * 1.5)} fill={palette.accent} opacity="0.35" />
      <circle cx={at(x)} cy={at(y)} r={at(radius)} fill={palette.accent} />
      {shades.map((shade, index) => (
        <path
          key={shade}
          d={swell(random, width, height, 0.5 + index * 0.15)}
          fill={shade}
          opacity={index === 2 ? 0.55 : 1}
        />
      ))}
    </>
  );
};

/** An arcade in the sun. */
export const columns: Scene = ({ random, palette, width, height }) => {
  const count = Math.max(3, Math.round(width / between(random, 46, 62)));
  const bay = width / count;
  const top = height * between(random, 0.3, 0.4);
  const sun = Math.min(width, height) * 0.2;
  const arch = (index: number): string => {
    const [left, right] = [index * bay + bay * 0.16, (index + 1) * bay - bay * 0.16];
    const radius = (right - left) / 2;
    return `M${at(left)} ${at(height)}V${at(top + radius + 22)}a${at(radius)} ${at(radius)} 0 0 1 ${at(radius * 2)} 0V${at(height)}Z`;
  };
  return (
    <>
      <circle cx={at(width * between(random, 0.25, 0.75))} cy={at(top * 0.75)} r={at(sun)} fill={palette.accent} />
      <path d={`M0 ${at(top)}H${width}V${height}H0Z`} fill={palette.first} />
      <path d={`M0 ${at(top)}H${width}v8H0Z`} fill={palette.second} />
      <path d={range(count).map(arch).join('')} fill={palette.second} />
      <path
        d={range(count)
          .filter((index) => index % 2 === 0)
          .map(arch)
          .join('')}
        fill={palette.ground}
        opacity="0.5"
      />
    </>
  );
};

function ridge(random: Random, width: number, height: number, level: number, peaks: number): string {
  const points = range(peaks * 2 + 1).map((index) => {
    const rise = index % 2 === 0 ? 0 : between(random, 0.1, 0.24);
    return [(index / (peaks * 2)) * width, height * (level - rise)] as const;
  });
  return polygon([[0, height + 2], ...points, [width, height + 2]]);
}

function swell(random: Random, width: number, height: number, level: number): string {
  const y = (): number => at(height * (level + between(random, -0.1, 0.07)));
  const quarter = width / 4;
  return `M0 ${height}V${y()}C${at(quarter)} ${y()} ${at(quarter)} ${y()} ${at(quarter * 2)} ${y()}S${at(quarter * 3.2)} ${y()} ${width} ${y()}V${height}Z`;
}
