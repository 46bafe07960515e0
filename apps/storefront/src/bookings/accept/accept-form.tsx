import { useQuery } from '@apollo/client/react';
import { useSend } from '@marquee/app-kit/api';
import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Notice, ProblemNotice, TextField } from '@marquee/app-kit/ui';
import { type FormEvent, useRef, useState } from 'react';

import {
  AcceptedShowDocument,
  AcceptTicketTransferDocument,
  type AcceptTicketTransferMutation,
} from '../../generated/graphql.ts';
import { useSeatName } from '../seat-name.ts';
import styles from '../tickets/ticket.module.css';
import { forgetOfferToken } from './offer-token.ts';
import { acceptTexts } from './texts.ts';

type Accepted = Extract<
  AcceptTicketTransferMutation['acceptTicketTransfer'],
  { readonly __typename: 'AcceptTicketTransferPayload' }
>;

const REFUSALS: Readonly<Record<string, 'ended' | 'limit' | 'restricted'>> = {
  TransferEndedError: 'ended',
  SeatLimitExceededError: 'limit',
  AccountRestrictedError: 'restricted',
};

interface AcceptFormProps {
  /** The token of the mail's link; it is asked for without one. */
  readonly offered: string | undefined;
}

export function AcceptForm({ offered }: AcceptFormProps) {
  const t = useTexts(acceptTexts);
  const { send, isPending, refusal, problem } = useSend(AcceptTicketTransferDocument);
  const [token, setToken] = useState(offered ?? '');
  const [isWrong, setWrong] = useState(false);
  const [ticket, setTicket] = useState<Accepted['ticket']>();
  const form = useRef<HTMLFormElement>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setWrong(token.trim() === '');
    if (token.trim() === '') return form.current?.querySelector('input')?.focus();
    const payload = await send({ token: token.trim() });
    if (!payload) return undefined;
    forgetOfferToken();
    return setTicket(payload.ticket);
  };
  if (ticket) return <AcceptedTicket ticket={ticket} />;
  const key = refusal && REFUSALS[refusal.__typename];
  return (
    <form ref={form} className={styles['form']} noValidate onSubmit={(event) => void submit(event)}>
      <p>{t('offer')}</p>
      {offered === undefined && (
        <TextField
          label={t('code')}
          hint={t('codeHint')}
          value={token}
          onChange={setToken}
          autoComplete="off"
          problem={isWrong ? t('codeProblem') : undefined}
          isRequired
        />
      )}
      {refusal && <Notice tone="bad">{key ? t(key) : refusal.message}</Notice>}
      {problem !== undefined && <ProblemNotice error={problem} />}
      <div>
        <Button type="submit" isPending={isPending}>
          {t('accept')}
        </Button>
      </div>
    </form>
  );
}

function AcceptedTicket({ ticket }: { readonly ticket: Accepted['ticket'] }) {
  const t = useTexts(acceptTexts);
  const { time } = useFormats();
  const nameOf = useSeatName();
  const { show } = ticket.booking;
  const { data } = useQuery(AcceptedShowDocument, { variables: { id: show.id } });
  const timeZone = data?.show?.venue.city.timeZone;
  return (
    <>
      <Notice tone="good">
        {t('done', {
          title: show.title.name,
          seat: nameOf(ticket.seat),
          time: timeZone ? time(show.startsAt, 'moment', timeZone) : 'none',
        })}
      </Notice>
      <div>
        <ButtonLink href="/tickets">{t('toTickets')}</ButtonLink>
      </div>
    </>
  );
}
