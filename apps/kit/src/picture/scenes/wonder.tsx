import { useId } from 'react';

import { at, between } from '../random.ts';
import { range, type Scene, type SceneProps } from './scene.ts';

/** A planet with its ring among stars. */
export const planet: Scene = (props) => <Planet {...props} />;

function Planet({ random, palette, width, height }: SceneProps) {
  const id = useId();
  const [x, y] = [width * between(random, 0.36, 0.64), height * between(random, 0.4, 0.54)];
  const radius = Math.min(width, height) * between(random, 0.27, 0.34);
  const tilt = at(between(random, -32, 32));
  const stars = range(22).map(() => [random() * width, random() * height, between(random, 0.6, 1.9)] as const);
  const ring = { rx: at(radius * 1.65), ry: at(radius * 0.42), fill: 'none', strokeWidth: at(radius * 0.12) };
  return (
    <>
      <path
        d={stars
          .map(
            ([cx, cy, r]) =>
              `M${at(cx - r)} ${at(cy)}a${at(r)} ${at(r)} 0 1 0 ${at(r * 2)} 0a${at(r)} ${at(r)} 0 1 0 ${at(-r * 2)} 0`,
          )
          .join('')}
        fill={palette.ink}
      />
      <clipPath id={id}>
        <circle r={at(radius)} />
      </clipPath>
      <g transform={`translate(${at(x)} ${at(y)}) rotate(${tilt})`}>
        <ellipse {...ring} stroke={palette.accent} opacity="0.55" />
        <g clipPath={`url(#${id})`}>
          <circle r={at(radius)} fill={palette.first} />
          {range(4).map((index) => (
            <rect
              key={index}
              x={at(-radius)}
              y={at(-radius + radius * (0.3 + index * 0.45))}
              width={at(radius * 2)}
              height={at(radius * between(random, 0.1, 0.26))}
              fill={palette.second}
            />
          ))}
          <circle
            cx={at(radius * 0.45)}
            cy={at(radius * 0.3)}
            r={at(radius * 1.25)}
            fill={palette.ground}
            opacity="0.28"
          />
        </g>
        <path
          d={`M${-ring.rx} 0a${ring.rx} ${ring.ry} 0 0 0 ${ring.rx * 2} 0`}
          fill="none"
          stroke={palette.accent}
          strokeWidth={ring.strokeWidth}
        />
      </g>
      <circle
        cx={at(width * between(random, 0.1, 0.9))}
        cy={at(height * between(random, 0.08, 0.18))}
        r={at(radius * 0.18)}
        fill={palette.accent}
      />
    </>
  );
}

/** Gates within gates, with a moon behind the last. */
export const portal: Scene = ({ random, palette, width, height }) => {
  const shades = [palette.second, palette.first, palette.second, palette.ground];
  const half = Math.min(width * 0.48, height * 0.5);
  const x = width / 2;
  const gate = (index: number): string => {
    const side = half * (1 - index * 0.2);
    const top = height * 0.08 + index * half * 0.16;
    return `M${at(x - side)} ${height}V${at(top + side)}a${at(side)} ${at(side)} 0 0 1 ${at(side * 2)} 0V${height}Z`;
  };
  const moon = half * between(random, 0.2, 0.26);
  const [mx, my] = [x + half * between(random, -0.06, 0.06), height * 0.08 + half * 0.86];
  const stars = range(9).map(
    () => [x + half * between(random, -0.85, 0.85), height * between(random, 0.12, 0.9)] as const,
  );
  return (
    <>
      {shades.map((shade, index) => (
        <path key={index} d={gate(index)} fill={shade} />
      ))}
      <circle cx={at(mx)} cy={at(my)} r={at(moon)} fill={palette.accent} />
      <circle cx={at(mx + moon * 0.45)} cy={at(my - moon * 0.2)} r={at(moon * 0.86)} fill={palette.ground} />
      <path
        d={stars
          .map(([sx, sy]) => `M${at(sx)} ${at(sy - 5)}l1.4 3.6 3.6 1.4-3.6 1.4-1.4 3.6-1.4-3.6-3.6-1.4 3.6-1.4Z`)
          .join('')}
        fill={palette.accent}
      />
    </>
  );
};
