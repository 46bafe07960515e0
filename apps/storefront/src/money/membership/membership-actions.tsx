import { useSend } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Dialog, Notice, ProblemNotice, Row } from '@marquee/app-kit/ui';
import { useState } from 'react';

import {
  CancelMembershipDocument,
  PauseMembershipDocument,
  ResumeMembershipDocument,
} from '../../generated/graphql.ts';
import type { Membership } from './membership.ts';
import { membershipTexts } from './texts.ts';

interface MembershipActionsProps {
  readonly membership: Membership;
  readonly onChange: () => void;
}

/** Pauses, resumes and cancels a membership, as its status allows. */
export function MembershipActions({ membership, onChange }: MembershipActionsProps) {
  const t = useTexts(membershipTexts);
  const { time } = useFormats();
  const [isAsking, setAsking] = useState(false);
  const pausing = useSend(PauseMembershipDocument);
  const resuming = useSend(ResumeMembershipDocument);
  const cancelling = useSend(CancelMembershipDocument);
  const { status, cancelAt, currentPeriodEnd } = membership;
  const isRunning = status === 'ACTIVE' || status === 'TRIALING';
  const isOver = status === 'CANCELLED' || status === 'EXPIRED';
  const after = async (payload: Promise<object | undefined>): Promise<void> => {
    if (!(await payload)) return;
    setAsking(false);
    onChange();
  };
  const failed = [pausing, resuming, cancelling].find(({ refusal, problem }) => refusal ?? problem);
  if (isOver) return null;
  return (
    <>
      {failed?.refusal && <Notice tone="bad">{t('notChangeable')}</Notice>}
      {failed?.problem !== undefined && <ProblemNotice error={failed.problem} />}
      <Row>
        {status === 'ACTIVE' && !cancelAt && (
          <Button kind="quiet" isPending={pausing.isPending} onPress={() => void after(pausing.send({}))}>
            {t('pause')}
          </Button>
        )}
        {(status === 'PAUSED' || cancelAt !== null) && (
          <Button isPending={resuming.isPending} onPress={() => void after(resuming.send({}))}>
            {t(status === 'PAUSED' ? 'resume' : 'keepIt')}
          </Button>
        )}
        {!cancelAt && (
          <Button kind="danger" onPress={() => setAsking(true)}>
            {t('cancel')}
          </Button>
        )}
      </Row>
      {status === 'ACTIVE' && !cancelAt && <p>{t('pauseHint')}</p>}
      <Dialog title={t('cancelTitle')} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p>{isRunning ? t('cancelText', { date: time(currentPeriodEnd, 'date') }) : t('cancelNowText')}</p>
        <Row>
          <Button
            kind="danger"
            isPending={cancelling.isPending}
            onPress={() => void after(cancelling.send({ atPeriodEnd: isRunning }))}
          >
            {t('cancelIt')}
          </Button>
          <Button kind="quiet" onPress={() => setAsking(false)}>
            {t('back')}
          </Button>
        </Row>
      </Dialog>
    </>
  );
}
