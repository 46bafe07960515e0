import { useQuery } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { useProblemText } from '@marquee/app-kit/ui';

import { ShowAdmissionsDocument } from '../generated/graphql.ts';
import styles from './door.module.css';
import { doorTexts } from './texts.ts';
import type { Decision } from './use-gate.ts';

export type ScanState =
  | { readonly kind: 'ready' | 'checking' }
  | ({ readonly kind: 'decided' } & Decision)
  | { readonly kind: 'failed'; readonly error: unknown };

const SIGNS = { admit: '✓', used: '✕', cancelled: '✕', wrongShow: '✕', unknown: '✕', notListed: '?' } as const;

/** Says whether somebody may enter, to be read from a distance and heard by a screen reader. */
export function Sign({ state, timeZone }: { readonly state: ScanState; readonly timeZone: string | undefined }) {
  const t = useTexts(doorTexts);
  const formats = useFormats();
  const problemText = useProblemText();
  if (state.kind === 'failed')
    return (
      <div className={styles['sign']} data-kind="unknown" role="alert">
        <strong>{t('failed')}</strong>
        <span>{problemText(state.error)}</span>
      </div>
    );
  if (state.kind !== 'decided')
    return (
      <div className={styles['sign']} role="status">
        <strong>{t(state.kind)}</strong>
      </div>
    );
  const { scan, ticketId } = state;
  const { verdict, seat, usedAt, outcome, showId } = scan;
  const time = usedAt ? formats.time(usedAt, 'time', timeZone) : 'none';
  return (
    <div key={scan.id} className={styles['sign']} data-kind={verdict} role="alert">
      <span className={styles['mark']} aria-hidden="true">
        {SIGNS[verdict]}
      </span>
      <strong>{t(verdict)}</strong>
      {seat && <span className={styles['seat']}>{t('seat', { seat })}</span>}
      {ticketId !== undefined && <Holder showId={showId} ticketId={ticketId} />}
      <span>{t(`text_${verdict}`, { time })}</span>
      {outcome === undefined && <span>{t('byList')}</span>}
    </div>
  );
}

/** The name of whom a ticket admits, to compare with a card; it is kept on no device. */
function Holder({ showId, ticketId }: { readonly showId: string; readonly ticketId: string }) {
  const { data } = useQuery(ShowAdmissionsDocument, {
    variables: { showId, search: ticketId, first: 1, after: null },
    fetchPolicy: 'no-cache',
  });
  const name = data?.show?.admissions?.edges[0]?.node.holderName;
  return name ? <span className={styles['holder']}>{name}</span> : null;
}
