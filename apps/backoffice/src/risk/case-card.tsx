import { useMutation } from '@apollo/client/react';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Badge, Button, Card, Notice, Row, showToast, Soft, TextField, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { deskTexts } from '../desk/texts.ts';
import { useWho } from '../frame/who.tsx';
import { hasRole } from '../frame/work.ts';
import { DecideRiskCaseDocument, type RiskCasesQuery, type RiskDecision } from '../generated/graphql.ts';
import { isReason } from './reasons.ts';
import styles from './risk.module.css';
import { riskTexts } from './texts.ts';

const MAX_NOTE = 1_000;
const TONES = { OPEN: 'warning', CLEARED: 'good', BLOCKED: 'bad' } as const;

export interface CaseCardProps {
  readonly riskCase: RiskCasesQuery['riskCases']['edges'][number]['node'];
}

/** A case with its score and its reasons in words; administrators decide on it. */
export function CaseCard({ riskCase }: CaseCardProps) {
  const t = useTexts(riskTexts);
  const bookings = useTexts(deskTexts);
  const { percent, time } = useFormats();
  const { who } = useWho();
  const mayDecide = who !== undefined && hasRole(who, ['ADMIN']);
  const { score, reasons, status, user, booking, detectedAt } = riskCase;
  const scoreText = t('score', { score: percent(score * 100) });
  return (
    <Card>
      <Row>
        <h2>{user.displayName}</h2>
        <Badge tone={TONES[status]}>{t(status)}</Badge>
        <Soft isSmall>{time(detectedAt, 'exact')}</Soft>
      </Row>
      <div className={styles['score']}>
        <span>{scoreText}</span>
        <meter min={0} max={1} low={0.5} high={0.8} optimum={0} value={score} aria-label={scoreText} />
      </div>
      <h3>{t('reasons')}</h3>
      <ul className={styles['reasons']}>
        {reasons.map((reason) => (
          <li key={reason}>{isReason(reason) ? t(reason) : reason}</li>
        ))}
      </ul>
      {booking && (
        <Soft isSmall>
          {t('booking', { id: booking.id, status: bookings('bookingStatus', { status: booking.status }) })}
        </Soft>
      )}
      {mayDecide && <Decision caseId={riskCase.id} status={status} name={user.displayName} />}
      {!mayDecide && status === 'OPEN' && <Notice>{t('administratorsDecide')}</Notice>}
    </Card>
  );
}

interface DecisionProps {
  readonly caseId: string;
  readonly status: keyof typeof TONES;
  readonly name: string;
}

/** An open case is cleared or blocked; a person who was blocked can be cleared later. */
function Decision({ caseId, status, name }: DecisionProps) {
  const t = useTexts(riskTexts);
  const action = useAction();
  const [note, setNote] = useState('');
  const [decideCase] = useMutation(DecideRiskCaseDocument);
  if (status === 'CLEARED') return null;
  const decide = async (decision: RiskDecision): Promise<void> => {
    const isDone = await action.run(async () => {
      const { data } = await decideCase({ variables: { caseId, decision, note: note.trim() || null } });
      return data?.decideRiskCase.__typename === 'RiskCaseDecidedError' ? t('decidedBefore') : undefined;
    });
    if (isDone) showToast({ id: caseId, title: t(decision === 'CLEAR' ? 'cleared' : 'blocked', { name }) });
  };
  return (
    <>
      <TextField label={t('note')} hint={t('noteHint')} rows={2} maxLength={MAX_NOTE} value={note} onChange={setNote} />
      {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
      <Row>
        <Button kind="quiet" isPending={action.isPending} onPress={() => void decide('CLEAR')}>
          {t('clear')}
        </Button>
        {status === 'OPEN' && (
          <Button kind="danger" isPending={action.isPending} onPress={() => void decide('BLOCK')}>
            {t('block')}
          </Button>
        )}
      </Row>
    </>
  );
}
