import { at, between } from '../random.ts';
import { range, type Scene } from './scene.ts';

/** Lanes of a track, and a ball on its way. */
export const arena: Scene = ({ random, palette, width, height }) => {
  const side = random() < 0.5 ? 0.1 : 0.9;
  const [cx, cy] = [width * side, height * 0.95];
  const reach = Math.hypot(width, height) * 0.86;
  const lanes = range(5);
  const flight = range(6);
  const toward = side < 0.5 ? 1 : -1;
  const size = Math.min(width, height) * 0.13;
  return (
    <>
      <rect width={width} height={height} fill={palette.first} />
      {lanes.map((index) => (
        <circle
          key={index}
          cx={at(cx)}
          cy={at(cy)}
          r={at(reach * (1 - index * 0.17))}
          fill={index % 2 === 0 ? palette.second : palette.first}
          stroke={palette.ink}
          strokeWidth="2"
        />
      ))}
      {flight.map((index) => {
        const along = index / (flight.length - 1);
        const x = width / 2 + toward * (along - 0.5) * width * 0.66;
        const y = height * (0.68 - Math.sin(along * Math.PI * 0.62) * between(random, 0.44, 0.48));
        const isBall = index === flight.length - 1;
        return (
          <circle
            key={index}
            cx={at(x)}
            cy={at(y)}
            r={at(isBall ? size : size * (0.22 + along * 0.34))}
            fill={palette.accent}
            opacity={isBall ? 1 : at(0.25 + along * 0.4)}
          />
        );
      })}
    </>
  );
};
