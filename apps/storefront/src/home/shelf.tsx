import { useTexts } from '@marquee/app-kit/text';
import { Hidden } from '@marquee/app-kit/ui';
import { type ReactNode, useId, useRef } from 'react';

import { ArrowIcon } from '../frame/icons.tsx';
import styles from './shelf.module.css';
import { homeTexts } from './texts.ts';

export interface ShelfProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** Cards in a row that scrolls: by touch, by the keyboard with the focus, and by its two buttons. */
export function Shelf({ title, children }: ShelfProps) {
  const t = useTexts(homeTexts);
  const id = useId();
  const row = useRef<HTMLUListElement>(null);
  const scroll = (direction: 1 | -1): void =>
    row.current?.scrollBy({ left: direction * row.current.clientWidth * 0.85, behavior: 'smooth' });
  return (
    <section className={styles['shelf']} aria-labelledby={id}>
      <div className={styles['head']}>
        <h2 id={id}>{title}</h2>
        <div className={styles['arrows']}>
          <button type="button" aria-label={t('back', { list: title })} onClick={() => scroll(-1)}>
            <ArrowIcon isBack />
          </button>
          <button type="button" aria-label={t('forth', { list: title })} onClick={() => scroll(1)}>
            <ArrowIcon />
          </button>
        </div>
      </div>
      <ul ref={row} className={styles['row']}>
        {children}
      </ul>
    </section>
  );
}

/** In place of a shelf that is being loaded, and of its size. */
export function ShelfSkeleton({ label }: { readonly label: string }) {
  return (
    <div className={styles['shelf']} role="status">
      <div className={styles['head']}>
        <Hidden>{label}</Hidden>
        <span className={styles['waitingTitle']} />
      </div>
      <div className={styles['row']} aria-hidden="true">
        {Array.from({ length: 8 }, (_, index) => (
          <span key={index} className={styles['waiting']} />
        ))}
      </div>
    </div>
  );
}
