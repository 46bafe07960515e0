import { useFormats, useTexts } from '@marquee/app-kit/text';
import { Button, Figures, Row, Select, Soft } from '@marquee/app-kit/ui';
import { useState } from 'react';

import { Chart, type Series } from '../charts/chart.tsx';
import { digitsOf } from '../forms/amount.ts';
import type { ReportGroup } from '../generated/graphql.ts';
import { csvOf, download } from './csv.ts';
import { currenciesOf, nameOf, ordered, type SalesRow, totalsOf } from './sales.ts';
import { reportTexts } from './texts.ts';

/** Rows of a chart; the file has all of them. */
const MAX_ROWS = 20;

export interface SalesTableProps {
  readonly rows: readonly SalesRow[];
  readonly group: ReportGroup;
  readonly period: string;
}

/** A sales report in one of its currencies: figures, a chart with its table, and the file. */
export function SalesTable({ rows, group, period }: SalesTableProps) {
  const t = useTexts(reportTexts);
  const { money, number, percent, day } = useFormats();
  const currencies = currenciesOf(rows);
  const [chosen, setChosen] = useState<string>();
  const currency = currencies.find((each) => each === chosen) ?? currencies[0] ?? 'EUR';
  const all = ordered(
    rows.filter(({ gross }) => gross.currency === currency),
    group,
  );
  const shown = group === 'DAY' ? all : all.slice(0, MAX_ROWS);
  const totals = totalsOf(all);
  const inMoney = (amount: number): string => money({ amount, currency });
  const save = (): void => {
    const scale = 10 ** digitsOf(currency);
    const head = [t(group), t('tickets'), t('gross'), t('refunds'), t('currency'), t('occupancy')];
    const lines = all.map((row) => [
      ...[nameOf(row), row.ticketsSold, row.gross.amount / scale, row.refunds.amount / scale],
      ...[currency, row.occupancyPercent],
    ]);
    download(`marquee-${group.toLowerCase()}-${period}-${currency}.csv`, csvOf([head, ...lines]));
  };
  const sales: Series<SalesRow> = {
    ...{ id: 'gross', text: t('gross'), kind: 'bar', colour: 'first', write: inMoney },
    value: ({ gross }) => gross.amount,
  };
  const refunds: Series<SalesRow> = {
    ...{ id: 'refunds', text: t('refunds'), kind: 'bar', colour: 'second', write: inMoney },
    value: ({ refunds: { amount } }) => amount,
  };
  return (
    <>
      <Row>
        {currencies.length > 1 && (
          <Select
            label={t('currency')}
            value={currency}
            choices={currencies.map((id) => ({ id, text: id }))}
            onChange={setChosen}
          />
        )}
      </Row>
      <Figures
        figures={[
          { label: t('tickets'), value: number(totals.ticketsSold) },
          { label: t('gross'), value: inMoney(totals.gross) },
          { label: t('refunds'), value: inMoney(totals.refunds) },
          { label: t('net'), value: inMoney(totals.gross - totals.refunds) },
        ]}
      />
      <Chart
        label={t('salesChart', { group, currency })}
        head={t(group)}
        rows={shown}
        keyOf={({ key }) => key}
        labelOf={(row) => (group === 'DAY' ? day(row.key) : nameOf(row))}
        isHorizontal={group !== 'DAY'}
        tick={(value) => number(value / 10 ** digitsOf(currency))}
        series={totals.refunds > 0 ? [sales, refunds] : [sales]}
        columns={[
          { head: t('tickets'), cell: ({ ticketsSold }) => number(ticketsSold), isNumber: true },
          { head: t('occupancy'), cell: ({ occupancyPercent }) => percent(occupancyPercent), isNumber: true },
        ]}
      />
      {all.length > shown.length && <Soft isSmall>{t('showing', { count: shown.length })}</Soft>}
      <Row>
        <Button kind="quiet" onPress={save}>
          {t('csv')}
        </Button>
      </Row>
    </>
  );
}
