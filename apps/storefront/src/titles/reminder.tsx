import { skipToken, useMutation, useQuery } from '@apollo/client/react';
import { useSessionState } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, ProblemNotice } from '@marquee/app-kit/ui';

import type { ChosenCity } from '../city/city.ts';
import { DeleteReminderDocument, MyRemindersDocument, SetReminderDocument } from '../generated/graphql.ts';
import { titleTexts } from './texts.ts';

/** Has the person told once the title is scheduled in the city. */
export function Reminder({ titleId, city }: { readonly titleId: string; readonly city: ChosenCity }) {
  const t = useTexts(titleTexts);
  const isSignedIn = useSessionState() === 'signed-in';
  const { data } = useQuery(MyRemindersDocument, isSignedIn ? {} : skipToken);
  const again = { refetchQueries: [MyRemindersDocument], awaitRefetchQueries: true };
  const [set, setting] = useMutation(SetReminderDocument, again);
  const [remove, removing] = useMutation(DeleteReminderDocument, again);
  const mine = data?.viewer?.reminders?.find(({ title, city: where }) => title.id === titleId && where.id === city.id);
  if (!isSignedIn) return <ButtonLink href={`/sign-in?next=/titles/${titleId}`}>{t('signInToRemind')}</ButtonLink>;
  const error = setting.error ?? removing.error;
  return (
    <>
      <div role="status">{mine && t('reminded', { city: city.name })}</div>
      {mine ? (
        <Button
          kind="quiet"
          isPending={removing.loading}
          onPress={() => void remove({ variables: { id: mine.id } }).catch(() => {})}
        >
          {t('forget')}
        </Button>
      ) : (
        <Button
          isPending={setting.loading}
          onPress={() => void set({ variables: { titleId, cityId: city.id } }).catch(() => {})}
        >
          {t('remind')}
        </Button>
      )}
      {error && <ProblemNotice error={error} />}
    </>
  );
}
