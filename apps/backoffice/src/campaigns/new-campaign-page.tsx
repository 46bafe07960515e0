import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Notice, Page, Row, TextField, useAction } from '@marquee/app-kit/ui';
import { useNavigate } from 'react-router';

import { checksIn, localTime, momentOf, moneyOf, numberOf } from '../forms/checks.ts';
import { CitiesField, CurrencyField, PeriodFields } from '../forms/common-fields.tsx';
import { formStyle } from '../forms/form-style.ts';
import { useFoundTitles } from '../forms/found.ts';
import { Fields, Group } from '../forms/grid.tsx';
import { Picker, type Picked } from '../forms/picker.tsx';
import { formTexts } from '../forms/texts.ts';
import { useForm } from '../forms/use-form.ts';
import { useWho } from '../frame/who.tsx';
import { CreateCampaignDocument, type CreateCampaignInput } from '../generated/graphql.ts';
import { campaignTexts } from './texts.ts';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface Values {
  readonly name: string;
  readonly title: readonly Picked[];
  readonly headline: string;
  readonly imageUrl: string;
  readonly cities: readonly Picked[];
  readonly currency: string;
  readonly budget: string;
  readonly dailyCap: string;
  readonly bid: string;
  readonly frequencyCap: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

const INITIAL: Values = {
  ...{ name: '', title: [], headline: '', imageUrl: '', cities: [], currency: 'EUR' },
  ...{ budget: '', dailyCap: '', bid: '', frequencyCap: '3' },
  ...{ startsAt: localTime(1), endsAt: localTime(24 * 14) },
};

/** A new campaign, which begins as a draft. */
export function Component() {
  const t = useTexts(campaignTexts);
  const forms = useTexts(formTexts);
  const navigate = useNavigate();
  const { who, organisation } = useWho();
  const action = useAction();
  const [create] = useMutation(CreateCampaignDocument);
  const checks = checksIn(forms);
  const form = useForm<Values>(INITIAL, (values) => ({
    name: checks.text(values.name, 100),
    title: values.title.length === 0 ? t('chooseTitle') : undefined,
    headline: checks.text(values.headline, 120),
    imageUrl: /^https:\/\/.+/.test(values.imageUrl.trim()) ? undefined : t('badImage'),
    budget: checks.amount(values.budget, values.currency),
    dailyCap: checks.optionalAmount(values.dailyCap, values.currency),
    bid: checks.amount(values.bid, values.currency),
    frequencyCap: checks.optionalNumber(values.frequencyCap, 1, 100),
    startsAt: checks.text(values.startsAt, 40),
    endsAt: checks.end(values.startsAt, values.endsAt),
  }));
  const send = async (values: Values): Promise<void> => {
    let id: string | undefined;
    await action.run(async () => {
      try {
        const { data } = await create({
          variables: { input: inputOf(values, organisation?.id) },
          update: (cache) =>
            void cache.modify({
              id: `User:${who?.id ?? ''}`,
              fields: { campaigns: (_campaigns, { DELETE }) => DELETE },
            }),
        });
        if (data?.createCampaign.__typename === 'CreateCampaignPayload') id = data.createCampaign.campaign.id;
        else form.refuseField('name', t('nameTaken'));
        return id === undefined ? forms('checkFields') : undefined;
      } catch (error) {
        if (form.refuse(error)) return forms('checkFields');
        throw error;
      }
    });
    if (id !== undefined) void navigate(`/campaigns/${id}`);
  };
  const { values, set, field } = form;
  return (
    <Page title={t('create')}>
      <form className={formStyle} {...form.form((sent) => void send(sent))} aria-label={t('create')}>
        <Group legend={t('what')}>
          <Fields>
            <TextField label={t('name')} hint={t('nameHint')} {...field('name')} />
            <Picker
              label={t('title')}
              problem={form.problems.title}
              picked={values.title}
              onChange={(title) => set('title', title)}
              max={1}
              useFound={useFoundTitles}
            />
            <TextField label={t('headline')} hint={t('headlineHint')} {...field('headline')} />
            <TextField label={t('imageUrl')} type="url" placeholder="https://" {...field('imageUrl')} />
          </Fields>
          <CitiesField value={values.cities} onChange={(cities) => set('cities', cities)} />
        </Group>
        <Group legend={t('cost')}>
          <Fields>
            <CurrencyField value={values.currency} onChange={(currency) => set('currency', currency)} />
            <TextField label={t('budget')} inputMode="decimal" {...field('budget')} />
            <TextField label={t('bid')} hint={t('bidHint')} inputMode="decimal" {...field('bid')} />
            <TextField label={t('dailyCap')} hint={forms('optional')} inputMode="decimal" {...field('dailyCap')} />
          </Fields>
        </Group>
        <Group legend={t('runs')}>
          <Fields>
            <PeriodFields startsAt={field('startsAt')} endsAt={field('endsAt')} />
            <TextField
              label={t('frequencyCap')}
              hint={forms('optional')}
              inputMode="numeric"
              {...field('frequencyCap')}
            />
          </Fields>
        </Group>
        {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
        <Row>
          <Button type="submit" isPending={action.isPending}>
            {t('createDraft')}
          </Button>
          <ButtonLink kind="quiet" href="/campaigns">
            {forms('cancel')}
          </ButtonLink>
        </Row>
      </form>
    </Page>
  );
}

function inputOf(values: Values, organisationId: string | undefined): CreateCampaignInput {
  const { currency } = values;
  const none = { amount: 0, currency };
  return {
    name: values.name.trim(),
    titleId: values.title[0]?.id ?? '',
    headline: values.headline.trim(),
    imageUrl: values.imageUrl.trim(),
    cityIds: values.cities.map(({ id }) => id),
    budget: moneyOf(values.budget, currency) ?? none,
    dailyCap: moneyOf(values.dailyCap, currency),
    bidPerThousand: moneyOf(values.bid, currency) ?? none,
    frequencyCapPerDay: numberOf(values.frequencyCap),
    startsAt: momentOf(values.startsAt),
    endsAt: momentOf(values.endsAt),
    organisationId: organisationId ?? null,
    timeZone: ZONE,
  };
}
