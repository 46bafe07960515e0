import { Fragment, type ReactNode } from 'react';

import styles from './facts.module.css';

/** Terms and what they are, such as those of a booking. */
export function Facts({ facts }: { readonly facts: readonly (readonly [term: string, value: ReactNode])[] }) {
  return (
    <dl className={styles['facts']}>
      {facts.map(([term, value]) => (
        <Fragment key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** Figures to see at a glance. */
export function Figures({
  figures,
}: {
  readonly figures: readonly { readonly label: string; readonly value: ReactNode; readonly note?: ReactNode }[];
}) {
  return (
    <dl className={styles['figures']}>
      {figures.map(({ label, value, note }) => (
        <div key={label} className={styles['figure']}>
          <dt>{label}</dt>
          <dd>
            <strong>{value}</strong>
            {note && <span className={styles['note']}>{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
