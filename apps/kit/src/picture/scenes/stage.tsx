import { at, between } from '../random.ts';
import { range, type Scene } from './scene.ts';

/** A curtain that opens, under a row of bulbs. */
export const curtain: Scene = ({ random, palette, width, height }) => {
  const open = between(random, 0.2, 0.3);
  const folds = 4;
  const drape = (isLeft: boolean) =>
    range(folds).map((index) => {
      const outer = (index / folds) * (0.5 - open * 0.5) * width;
      const fold = ((0.5 - open * 0.5) / folds) * width;
      const [x, next] = isLeft ? [outer, outer + fold] : [width - outer, width - outer - fold];
      const pull = (isLeft ? -1 : 1) * width * 0.07 * ((index + 1) / folds);
      return (
        <path
          key={`${isLeft}${index}`}
          d={`M${at(x)} 0H${at(next)}C${at(next)} ${at(height * 0.4)} ${at(next + pull)} ${at(height * 0.55)} ${at(next + pull * 1.6)} ${height}H${at(x)}Z`}
          fill={index % 2 === 0 ? palette.first : palette.second}
        />
      );
    });
  const bulbs = Math.max(7, Math.round(width / 24));
  const r = Math.min(width * 0.24, height * 0.26);
  return (
    <>
      <circle cx={at(width / 2)} cy={at(height * 0.62)} r={at(r)} fill={palette.accent} />
      <path d={`M0 ${at(height * 0.88)}H${width}V${height}H0Z`} fill={palette.second} />
      {drape(true)}
      {drape(false)}
      <path d={`M0 0H${width}V${at(height * 0.1)}H0Z`} fill={palette.ground} />
      {range(bulbs).map((index) => (
        <circle
          key={index}
          cx={at(((index + 0.5) / bulbs) * width)}
          cy={at(height * 0.05)}
          r={at(Math.min(5.5, height * 0.022))}
          fill={(index + Math.floor(r)) % 3 === 0 ? palette.ink : palette.accent}
        />
      ))}
    </>
  );
};
