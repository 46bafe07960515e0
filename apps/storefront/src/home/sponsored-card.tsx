import { Poster, type PicturedTitle } from '@marquee/app-kit/picture';
import { useTexts } from '@marquee/app-kit/text';
import { useRef } from 'react';
import { Link } from 'react-router';

import { track, useSeen } from '../tracking/index.ts';
import styles from './sponsored-card.module.css';
import { homeTexts } from './texts.ts';

/** Tokens that count once; a card is drawn again whenever the person comes back. */
const seen = new Set<string>();

export interface SponsoredCardProps {
  readonly card: {
    readonly impressionToken: string;
    readonly headline: string;
    readonly title: PicturedTitle | null;
  };
  readonly cityId: string | undefined;
}

/** A title that somebody pays to have here, and that says so. */
export function SponsoredCard({ card: { impressionToken, headline, title }, cityId }: SponsoredCardProps) {
  const t = useTexts(homeTexts);
  const element = useRef<HTMLAnchorElement>(null);
  const about = { impressionToken, titleId: title?.id ?? null, cityId: cityId ?? null };
  useSeen(element, () => {
    if (seen.has(impressionToken)) return;
    seen.add(impressionToken);
    track('ad_impression', about);
  });
  if (!title) return null;
  return (
    <Link ref={element} to={`/titles/${title.id}`} className={styles['card']} onClick={() => track('ad_click', about)}>
      <span className={styles['label']}>{t('sponsored')}</span>
      <Poster title={title} />
      <span className={styles['headline']}>{headline}</span>
    </Link>
  );
}
