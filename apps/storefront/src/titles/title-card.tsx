import { type PicturedTitle, Poster } from '@marquee/app-kit/picture';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { Rating } from './stars.tsx';
import styles from './title-card.module.css';

export interface TitleCardProps {
  readonly title: PicturedTitle & { readonly rating?: { readonly average: number | null } | null };
  /** Facts beside the name, such as the next show. */
  readonly children?: ReactNode;
  readonly isRatingHidden?: boolean;
  readonly onFollow?: () => void;
}

/** A title's poster that leads to its page. */
export function TitleCard({ title, children, isRatingHidden = false, onFollow }: TitleCardProps) {
  const average = isRatingHidden ? undefined : title.rating?.average;
  return (
    <Link to={`/titles/${title.id}`} className={styles['card']} onClick={onFollow}>
      <span className={styles['poster']}>
        <Poster title={title} />
      </span>
      {(average || children) && (
        <span className={styles['facts']}>
          {average && <Rating average={average} />}
          {children}
        </span>
      )}
    </Link>
  );
}
