import { intentKey, useSend } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Dialog, Notice, ProblemNotice } from '@marquee/app-kit/ui';

import { SubscribeToPlanDocument, SubscribeToPlanPendingDocument } from '../../generated/graphql.ts';
import { PayWithField, usePaymentRefusal, usePayWith } from '../../paying/index.ts';
import { moneyTexts } from '../texts.ts';
import { useFollowPending } from '../use-pending.ts';
import type { Plan } from './membership.ts';
import { membershipTexts } from './texts.ts';

interface SubscribeProps {
  readonly plan: Plan;
  readonly onDone: (news: string) => void;
  readonly onClose: () => void;
}

const INTENT = 'subscribe';

/** Chooses what a membership is charged to, and begins it. */
export function Subscribe({ plan, onDone, onClose }: SubscribeProps) {
  const t = useTexts(membershipTexts);
  const every = useTexts(moneyTexts);
  const { money } = useFormats();
  const refusalText = usePaymentRefusal();
  const payWith = usePayWith({ amount: plan.price });
  const { send, isPending, refusal, problem } = useSend(SubscribeToPlanDocument);
  const follow = useFollowPending(SubscribeToPlanPendingDocument);
  const values = { price: money(plan.price), every: every('every', { interval: plan.interval }) };
  const subscribe = async (): Promise<void> => {
    const given = {
      planId: plan.id,
      with: payWith.input,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      returnUrl: location.origin + location.pathname,
    };
    const input = { ...given, idempotencyKey: await intentKey(INTENT, given) };
    const payload = await send({ input }, INTENT, (refused) => void follow(refused, { input }));
    if (payload) onDone(t('subscribed', { plan: payload.membership.plan.name }));
  };
  return (
    <Dialog title={plan.name} isOpen onClose={onClose}>
      <p>{t('afterwards', values)}</p>
      <PayWithField payWith={payWith} />
      {refusal && (
        <Notice tone="bad">
          {refusal.__typename === 'MembershipExistsError' ? t('exists') : refusalText(refusal)}
        </Notice>
      )}
      {problem !== undefined && <ProblemNotice error={problem} />}
      <Button isPending={isPending} isDisabled={payWith.isLoading} onPress={() => void subscribe()}>
        {t('subscribe', values)}
      </Button>
    </Dialog>
  );
}
