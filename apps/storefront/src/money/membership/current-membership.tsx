import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, ButtonLink, Facts, Notice, Row, type Tone } from '@marquee/app-kit/ui';

import type { MembershipStatus } from '../../generated/graphql.ts';
import styles from '../money.module.css';
import type { Membership } from './membership.ts';
import { MembershipActions } from './membership-actions.tsx';
import { membershipTexts } from './texts.ts';

const TONES: Readonly<Record<MembershipStatus, Tone>> = {
  TRIALING: 'good',
  ACTIVE: 'good',
  PAST_DUE: 'bad',
  PAUSED: 'warning',
  CANCELLED: 'plain',
  EXPIRED: 'plain',
};

interface CurrentMembershipProps {
  readonly membership: Membership;
  readonly onChange: () => void;
}

/** The membership that the person has: its plan, what comes next, and what one can do. */
export function CurrentMembership({ membership, onChange }: CurrentMembershipProps) {
  const t = useTexts(membershipTexts);
  const { money, time } = useFormats();
  const { status, plan, currentPeriodEnd, trialEndsAt, cancelAt, resumesAt, graceEndsAt, nextInvoice } = membership;
  const date = (at: string): string => time(at, 'date');
  const facts: (readonly [string, string])[] = [];
  if (status === 'TRIALING' && trialEndsAt) facts.push([t('trial'), date(trialEndsAt)]);
  else if (status !== 'PAUSED') facts.push([t('period'), date(currentPeriodEnd)]);
  if (cancelAt) facts.push([t('ends'), date(cancelAt)]);
  if (resumesAt) facts.push([t('resumes'), date(resumesAt)]);
  if (nextInvoice && !cancelAt)
    facts.push([t('next'), t('nextAt', { amount: money(nextInvoice.total), date: date(nextInvoice.dueAt) })]);
  return (
    <section className={styles['panel']} aria-labelledby="membership">
      <Row>
        <h2 id="membership">{plan.name}</h2>
        <Badge tone={TONES[status]}>{t(status)}</Badge>
      </Row>
      {graceEndsAt && (
        <Notice tone="bad">
          <Row>
            <span>{t('grace', { date: date(graceEndsAt) })}</span>
            <ButtonLink kind="quiet" href="/cards">
              {t('toCards')}
            </ButtonLink>
          </Row>
        </Notice>
      )}
      <Facts facts={facts} />
      <MembershipActions membership={membership} onChange={onChange} />
    </section>
  );
}
