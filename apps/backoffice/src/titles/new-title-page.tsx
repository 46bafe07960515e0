import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Card, Notice, Page, ProblemNotice, RadioGroup, Select } from '@marquee/app-kit/ui';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { useWho } from '../frame/who.tsx';
import { does } from '../frame/work.ts';
import { CreateTitleDocument, type TitleKind } from '../generated/graphql.ts';
import { castInput, NO_TITLE, type TitleFields, titleInput } from './fields.ts';
import { titlesTexts } from './texts.ts';
import { TitleForm } from './title-form.tsx';

const KINDS = ['MOVIE', 'LIVE_EVENT'] as const;

export function Component() {
  const t = useTexts(titlesTexts);
  const navigate = useNavigate();
  const { who, organisation } = useWho();
  const workplaces = who?.organisations.filter(({ id }) => does(who, 'CATALOG', id)) ?? [];
  const [organisationId, setOrganisationId] = useState(organisation?.id);
  const [kind, setKind] = useState<TitleKind>('MOVIE');
  const [create, { loading, error, data }] = useMutation(CreateTitleDocument);
  const send = async (fields: TitleFields): Promise<void> => {
    const input = {
      ...{ kind, ...titleInput(fields), ...castInput(fields) },
      ...(workplaces.length > 1 && organisationId !== undefined && { organisationId }),
    };
    const answer = await create({ variables: { input } }).catch(() => undefined);
    const result = answer?.data?.createTitle;
    if (result?.__typename !== 'CreateTitlePayload') return;
    void navigate(`/titles/${result.title.id}`, { state: { created: result.title.name } });
  };
  return (
    <Page title={t('add')}>
      <Card>
        <TitleForm
          initial={NO_TITLE}
          hasCast
          action={t('create')}
          isPending={loading}
          onSend={(fields) => void send(fields)}
          before={
            <>
              {workplaces.length > 1 && (
                <Select
                  label={t('organisation')}
                  value={organisationId ?? null}
                  choices={workplaces.map(({ id, name }) => ({ id, text: name }))}
                  onChange={setOrganisationId}
                />
              )}
              <RadioGroup
                label={t('kind')}
                value={kind}
                choices={KINDS.map((id) => ({ id, text: t(id) }))}
                onChange={setKind}
              />
            </>
          }
          news={
            <>
              {error && <ProblemNotice error={error} />}
              {data?.createTitle?.__typename === 'TitleExistsError' && <Notice tone="bad">{t('exists')}</Notice>}
            </>
          }
        />
      </Card>
    </Page>
  );
}
