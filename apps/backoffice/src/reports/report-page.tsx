import { useTexts } from '@marquee/app-kit/text';
import { Page, Tabs } from '@marquee/app-kit/ui';
import type { ReactNode } from 'react';

import { useWho } from '../frame/who.tsx';
import { hasRole } from '../frame/work.ts';
import { reportTexts } from './texts.ts';

export interface ReportPageProps {
  readonly title: 'sales' | 'funnel' | 'traffic';
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page of the reports, with the way to the others for whoever may see them. */
export function ReportPage({ title, actions, children }: ReportPageProps) {
  const t = useTexts(reportTexts);
  const { who } = useWho();
  const tabs = [{ to: '/reports', text: t('sales') }];
  if (who && hasRole(who, ['ANALYST']))
    tabs.push({ to: '/reports/funnel', text: t('funnel') }, { to: '/reports/traffic', text: t('traffic') });
  return (
    <Page title={t(title)} actions={actions}>
      {tabs.length > 1 && <Tabs label={t('reports')} tabs={tabs} />}
      {children}
    </Page>
  );
}
