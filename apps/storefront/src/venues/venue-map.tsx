import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';

import { CityDocument } from '../generated/graphql.ts';
import { locate, type Point } from './locate.ts';
import { venueTexts } from './texts.ts';
import styles from './venues.module.css';

const [WIDTH, HEIGHT, MARGIN] = [360, 220, 34];
const SCALES = [50, 20, 10, 5, 2, 1] as const;
const WIDEST_SCALE = 120;

export interface VenueMapProps {
  readonly venue: { readonly id: string; readonly name: string; readonly location: Point };
  readonly city: { readonly id: string; readonly name: string };
}

/** Where a venue is among those of its city, and the way to a map of its streets. */
export function VenueMap({ venue, city }: VenueMapProps) {
  const t = useTexts(venueTexts);
  const { number } = useFormats();
  const { data } = useQuery(CityDocument, { variables: { id: city.id } });
  const others = (data?.city?.venues.edges ?? []).map(({ node }) => node).filter(({ id }) => id !== venue.id);
  const { positions, kilometre } = locate(
    [venue, ...others].map(({ location }) => location),
    WIDTH,
    HEIGHT,
    MARGIN,
  );
  const [here, ...there] = positions;
  const scale = SCALES.find((km) => km * kilometre <= WIDEST_SCALE) ?? 1;
  const { latitude, longitude } = venue.location;
  return (
    <div className={styles['map']}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('map', { city: city.name, name: venue.name })}>
        <rect width={WIDTH} height={HEIGHT} className={styles['land']} />
        <path className={styles['grid']} d={gridOf(kilometre * scale)} />
        {there.map(({ x, y }, index) => (
          <g key={others[index]?.id}>
            <circle cx={x} cy={y} r="5" className={styles['other']} />
            <text x={x} y={y - 9} className={styles['label']} textAnchor="middle">
              {others[index]?.name}
            </text>
          </g>
        ))}
        {here && (
          <path
            className={styles['here']}
            transform={`translate(${here.x} ${here.y})`}
            d="M0 0C-3-8-11-13-11-22a11 11 0 0 1 22 0C11-13 3-8 0 0Zm0-17a5 5 0 1 0 0-10 5 5 0 0 0 0 10Z"
          />
        )}
        <path className={styles['scale']} d={`M14 ${HEIGHT - 14}v4h${scale * kilometre}v-4`} />
        <text x="14" y={HEIGHT - 18} className={styles['label']}>
          {t('km', { km: number(scale) })}
        </text>
      </svg>
      <a
        href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`}
        target="_blank"
        rel="noreferrer"
      >
        {t('openMap')}
      </a>
    </div>
  );
}

/** Lines at the distance of the scale. */
function gridOf(step: number): string {
  const lines: string[] = [];
  for (let x = (WIDTH / 2) % step; x < WIDTH; x += step) lines.push(`M${x} 0V${HEIGHT}`);
  for (let y = (HEIGHT / 2) % step; y < HEIGHT; y += step) lines.push(`M0 ${y}H${WIDTH}`);
  return lines.join('');
}
