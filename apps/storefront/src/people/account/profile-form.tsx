import { useMutation, useQuery } from '@apollo/client/react';
import { Form } from '@marquee/app-kit/account';
import { LANGUAGE_NAMES, LANGUAGES, useTexts } from '@marquee/app-kit/text';
import { Button, Notice, Select, TextField, useAction } from '@marquee/app-kit/ui';
import { useState } from 'react';

import {
  CitiesDocument,
  MyProfileDocument,
  type MyProfileQuery,
  UpdateProfileDocument,
} from '../../generated/graphql.ts';
import { useRefused } from './refused.ts';
import { profileTexts } from './texts.ts';

const MAX_NAME = 80;
const NONE = 'none';
const ZONES = Intl.supportedValuesOf('timeZone');

type Profile = NonNullable<MyProfileQuery['viewer']>;

export function ProfileForm({ profile }: { readonly profile: Profile }) {
  const t = useTexts(profileTexts);
  const refused = useRefused();
  const cities = useQuery(CitiesDocument, { variables: { search: null, near: null } });
  const [update] = useMutation(UpdateProfileDocument, { refetchQueries: [MyProfileDocument] });
  const { run, isPending, problem } = useAction();
  const [displayName, setName] = useState(profile.displayName);
  const [locale, setLocale] = useState(profile.locale ?? NONE);
  const [city, setCity] = useState(profile.homeCity?.id ?? NONE);
  const [zone, setZone] = useState(profile.timeZone ?? NONE);
  const [isSaved, setSaved] = useState(false);
  const isNameGood = displayName.trim() !== '' && [...displayName].length <= MAX_NAME;

  const known = (cities.data?.cities?.edges ?? []).map(({ node }) => ({ id: node.id, text: node.name }));
  const cityChoices = [
    { id: NONE, text: t('noCity') },
    ...(profile.homeCity && !known.some(({ id }) => id === profile.homeCity?.id)
      ? [{ id: profile.homeCity.id, text: profile.homeCity.name }]
      : []),
    ...known,
  ];
  const languages = LANGUAGES.map((id) => ({ id: languageTag(id, profile.locale), text: LANGUAGE_NAMES[id] }));
  const chosen = (id: string): string | null => (id === NONE ? null : id);

  const save = async (): Promise<void> => {
    const input = {
      displayName: displayName.trim(),
      locale: chosen(locale),
      homeCityId: chosen(city),
      timeZone: chosen(zone),
    };
    setSaved(
      await run(async () => {
        const { data } = await update({ variables: { input } });
        return refused(data?.updateProfile);
      }),
    );
  };
  return (
    <Form onSubmit={() => void (isNameGood && save())}>
      {problem !== undefined && <Notice tone="bad">{problem}</Notice>}
      {isSaved && <Notice tone="good">{t('saved')}</Notice>}
      <TextField
        label={t('name')}
        hint={t('nameHint')}
        autoComplete="name"
        value={displayName}
        onChange={setName}
        problem={isNameGood ? undefined : t('needName')}
      />
      <Select
        label={t('language')}
        value={locale}
        choices={[{ id: NONE, text: t('noLanguage') }, ...languages]}
        onChange={setLocale}
      />
      <Select label={t('city')} value={city} choices={cityChoices} onChange={setCity} />
      <Select
        label={t('zone')}
        value={zone}
        choices={[
          { id: NONE, text: t('noZone') },
          ...[...new Set([...(profile.timeZone ? [profile.timeZone] : []), ...ZONES])].map((id) => ({
            id,
            text: id.replaceAll('_', ' '),
          })),
        ]}
        onChange={setZone}
      />
      <Button type="submit" isPending={isPending}>
        {t('save')}
      </Button>
    </Form>
  );
}

/** The tag of a language: the person's own, such as `de-CH`, where it is of that language. */
const languageTag = (language: string, own: string | null): string =>
  own !== null && own.split('-')[0] === language ? own : language;
