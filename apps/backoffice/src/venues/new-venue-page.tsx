import { useMutation } from '@apollo/client/react';
import { OWN } from '@marquee/app-kit/api';
import { useTexts } from '@marquee/app-kit/text';
import { Button, Card, Notice, Page, ProblemNotice, Row, Select, Stack } from '@marquee/app-kit/ui';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';

import { useWho } from '../frame/who.tsx';
import { does } from '../frame/work.ts';
import { CreateVenueDocument } from '../generated/graphql.ts';
import { CityField, type FoundCity } from './city-field.tsx';
import { newScreen, newSection } from './draft.ts';
import { fieldProblems, NO_FIELDS, type VenueFields, venueInput } from './fields.ts';
import { useHistory } from './history.ts';
import { type ScreenDraft, screenInput } from './layout.ts';
import { problemsOf } from './layout-problems.ts';
import { layoutTexts } from './layout-texts.ts';
import { ScreensEditor } from './screens-editor.tsx';
import { venuesTexts } from './texts.ts';
import { VenueFieldsForm } from './venue-fields.tsx';

const DRAFT = `${OWN}new-venue`;

interface Draft {
  readonly fields: VenueFields;
  readonly city?: FoundCity | undefined;
  readonly screens: readonly ScreenDraft[];
}

export function Component() {
  const t = useTexts(venuesTexts);
  const words = useTexts(layoutTexts);
  const navigate = useNavigate();
  const { who, organisation } = useWho();
  const [kept] = useState(keptDraft);
  const [fields, setFields] = useState(kept?.fields ?? NO_FIELDS);
  const [city, setCity] = useState(kept?.city);
  const history = useHistory(
    () =>
      kept?.screens ?? [
        newScreen(words('screen', { number: 1 }), newSection(words('stalls'), words('standard'), false)),
      ],
  );
  const workplaces = who?.organisations.filter(({ id }) => does(who, 'CATALOG', id)) ?? [];
  const [organisationId, setOrganisationId] = useState(organisation?.id);
  const [isChecked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const [create, { loading, error, data }] = useMutation(CreateVenueDocument, {
    // The list of venues is read again when it is next shown.
    update: (cache) =>
      void cache.evict({ id: cache.identify({ __typename: 'User', id: who?.id ?? '' }), fieldName: 'venues' }),
  });
  const screens = history.state;
  useEffect(() => {
    sessionStorage.setItem(DRAFT, JSON.stringify({ fields, city, screens } satisfies Draft));
  }, [fields, city, screens]);

  const problems = fieldProblems(fields);
  const layoutProblems = problemsOf(screens);
  const chooseCity = (next: FoundCity): void => {
    setCity(next);
    const { latitude, longitude } = next.location;
    setFields((now) => ({ ...now, latitude: latitude.toFixed(5), longitude: longitude.toFixed(5) }));
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (!city || Object.keys(problems).length > 0 || layoutProblems.length > 0) return focusProblem(form.current);
    const input = {
      ...venueInput(fields),
      cityId: city.id,
      screens: screens.map(screenInput),
      ...(workplaces.length > 1 && organisationId !== undefined && { organisationId }),
    };
    const answer = await create({ variables: { input } }).catch(() => undefined);
    const result = answer?.data?.createVenue;
    if (result?.__typename !== 'CreateVenuePayload') return;
    sessionStorage.removeItem(DRAFT);
    void navigate(`/venues/${result.venue.id}`, { state: { created: result.venue.name } });
  };
  const refusal = data?.createVenue;
  return (
    <Page title={t('add')}>
      {kept && (
        <Notice>
          <Row>
            {t('draftKept')}
            <Button
              kind="bare"
              onPress={() => {
                sessionStorage.removeItem(DRAFT);
                location.reload();
              }}
            >
              {t('discard')}
            </Button>
          </Row>
        </Notice>
      )}
      <form ref={form} onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <Card>
            <h2>{t('details')}</h2>
            {workplaces.length > 1 && (
              <Select
                label={t('organisation')}
                value={organisationId ?? null}
                choices={workplaces.map(({ id, name }) => ({ id, text: name }))}
                onChange={setOrganisationId}
              />
            )}
            <CityField city={city} onChange={chooseCity} problem={isChecked && !city ? t('needCity') : undefined} />
            <VenueFieldsForm fields={fields} problems={isChecked ? problems : {}} onChange={setFields} />
          </Card>
          <ScreensEditor history={history} problems={isChecked ? layoutProblems : []} />
          {isChecked && layoutProblems.length > 0 && (
            <Notice tone="bad">{t('fixLayout', { count: layoutProblems.length })}</Notice>
          )}
          {error && <ProblemNotice error={error} />}
          {refusal && refusal.__typename !== 'CreateVenuePayload' && (
            <Notice tone="bad">{refusal.__typename === 'VenueExistsError' ? t('exists') : null}</Notice>
          )}
          <Row>
            <Button type="submit" isPending={loading}>
              {t('create')}
            </Button>
          </Row>
        </Stack>
      </form>
    </Page>
  );
}

function keptDraft(): Draft | undefined {
  const text = sessionStorage.getItem(DRAFT);
  return text === null ? undefined : (JSON.parse(text) as Draft);
}

/** Moves to the first field with a problem, once it is marked. */
function focusProblem(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
