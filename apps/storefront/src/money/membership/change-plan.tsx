import { intentKey, useSend } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Dialog, Notice, ProblemNotice, Row } from '@marquee/app-kit/ui';

import { ChangePlanDocument, ChangePlanPendingDocument } from '../../generated/graphql.ts';
import { usePaymentRefusal } from '../../paying/index.ts';
import { useFollowPending } from '../use-pending.ts';
import type { Plan } from './membership.ts';
import { membershipTexts } from './texts.ts';

interface ChangePlanProps {
  readonly plan: Plan;
  readonly onDone: (news: string) => void;
  readonly onClose: () => void;
}

const INTENT = 'change-plan';

/** Moves a membership to another plan, and says what that cost. */
export function ChangePlan({ plan, onDone, onClose }: ChangePlanProps) {
  const t = useTexts(membershipTexts);
  const { money } = useFormats();
  const refusalText = usePaymentRefusal();
  const { send, isPending, refusal, problem } = useSend(ChangePlanDocument);
  const follow = useFollowPending(ChangePlanPendingDocument);
  const change = async (): Promise<void> => {
    const given = { planId: plan.id, returnUrl: location.origin + location.pathname };
    const input = { ...given, idempotencyKey: await intentKey(INTENT, given) };
    const payload = await send({ input }, INTENT, (refused) => void follow(refused, { input }));
    if (!payload) return;
    const { amount, currency } = payload.proration;
    const moved = { amount: money({ amount: Math.abs(amount), currency }) };
    const charged = amount === 0 ? '' : t(amount < 0 ? 'credited' : 'charged', moved);
    onDone(t('changed', { plan: plan.name, amount: charged }));
  };
  return (
    <Dialog title={t('change', { plan: plan.name })} isOpen onClose={onClose}>
      <p>{t('changeText')}</p>
      {refusal && <Notice tone="bad">{refusalText(refusal)}</Notice>}
      {problem !== undefined && <ProblemNotice error={problem} />}
      <Row>
        <Button isPending={isPending} onPress={() => void change()}>
          {t('change', { plan: plan.name })}
        </Button>
        <Button kind="quiet" onPress={onClose}>
          {t('back')}
        </Button>
      </Row>
    </Dialog>
  );
}
