import { useMutation } from '@apollo/client/react';
import { useTexts } from '@marquee/app-kit/text';
import { Button, ButtonLink, Notice, Page, Row, TextField, useAction } from '@marquee/app-kit/ui';
import { useNavigate } from 'react-router';

import { checksIn } from '../forms/checks.ts';
import { formStyle } from '../forms/form-style.ts';
import { Group } from '../forms/grid.tsx';
import { formTexts } from '../forms/texts.ts';
import { useForm } from '../forms/use-form.ts';
import { useWho } from '../frame/who.tsx';
import { CreateOrganisationDocument, MeDocument } from '../generated/graphql.ts';
import { organisationTexts } from './organisation-texts.ts';
import { slugOf } from './slug.ts';

/** Founds an organisation, of which the person becomes the owner. */
export function Component() {
  const t = useTexts(organisationTexts);
  const forms = useTexts(formTexts);
  const navigate = useNavigate();
  const { choose } = useWho();
  const action = useAction();
  const [create] = useMutation(CreateOrganisationDocument, { refetchQueries: [MeDocument], awaitRefetchQueries: true });
  const checks = checksIn(forms);
  const form = useForm({ name: '', slug: '', country: '' }, ({ name, slug, country }) => ({
    name: checks.text(name, 80),
    slug: /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) && slug.length >= 2 && slug.length <= 60 ? undefined : t('badSlug'),
    country: /^[a-z]{2}$/i.test(country.trim()) ? undefined : t('badCountry'),
  }));
  const send = async ({ name, slug, country }: typeof form.values): Promise<void> => {
    let id: string | undefined;
    await action.run(async () => {
      try {
        const input = { name: name.trim(), slug, country: country.trim().toUpperCase() };
        const { data } = await create({ variables: { input } });
        const result = data?.createOrganisation;
        if (result?.__typename === 'CreateOrganisationPayload') id = result.organisation.id;
        else form.refuseField('slug', t('slugTaken'));
        return id === undefined ? forms('checkFields') : undefined;
      } catch (error) {
        if (form.refuse(error)) return forms('checkFields');
        throw error;
      }
    });
    if (id === undefined) return;
    choose(id);
    void navigate('/organisation');
  };
  const { values, set } = form;
  return (
    <Page title={t('create')} isNarrow>
      <form className={formStyle} {...form.form((sent) => void send(sent))} aria-label={t('create')}>
        <Group legend={t('organisation')}>
          <TextField
            label={t('name')}
            value={values.name}
            problem={form.problems.name}
            onChange={(name) => {
              // The address follows the name until somebody writes another.
              if (values.slug === slugOf(values.name)) set('slug', slugOf(name));
              set('name', name);
            }}
          />
          <TextField label={t('slug')} hint={t('slugHint')} {...form.field('slug')} />
          <TextField label={t('country')} hint={t('countryHint')} {...form.field('country')} />
        </Group>
        {action.problem !== undefined && <Notice tone="bad">{action.problem}</Notice>}
        <Row>
          <Button type="submit" isPending={action.isPending}>
            {t('found')}
          </Button>
          <ButtonLink kind="quiet" href="/organisation">
            {forms('cancel')}
          </ButtonLink>
        </Row>
      </form>
    </Page>
  );
}
