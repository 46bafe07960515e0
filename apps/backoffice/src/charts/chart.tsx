import { useTexts } from '@marquee/app-kit/text';
import { Table, type TableProps } from '@marquee/app-kit/ui';
import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

import styles from './chart.module.css';
import { chartTexts } from './texts.ts';

export interface Series<Row> {
  readonly id: string;
  readonly text: string;
  readonly kind: 'bar' | 'line' | 'area';
  readonly colour: 'first' | 'second' | 'third';
  readonly value: (row: Row) => number;
  /** The value as text, in the tooltip and in the table. */
  readonly write: (value: number) => string;
  /** Whether it has an axis of its own, at the end of the chart. */
  readonly isAtEnd?: boolean;
}

export interface ChartProps<Row> {
  /** The subject, for screen readers and above the table. */
  readonly label: string;
  /** The head of the table's first column. */
  readonly head: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly labelOf: (row: Row) => string;
  readonly series: readonly Series<Row>[];
  /** The short form of a value at an axis. */
  readonly tick?: (value: number) => string;
  /** Rows from the top down, for names rather than times. */
  readonly isHorizontal?: boolean;
  /** Further columns of the table. */
  readonly columns?: TableProps<Row>['columns'];
}

const COLOURS = { first: 'var(--accent)', second: 'var(--focus)', third: 'var(--good)' } as const;
const AXIS = { stroke: 'var(--ink-soft)', tickLine: false, fontSize: 12 } as const;

/** A chart, and the same as a table for whoever does not see it. */
export function Chart<Row>(props: ChartProps<Row>) {
  const t = useTexts(chartTexts);
  const { label, head, rows, keyOf, labelOf, series, columns = [] } = props;
  return (
    <figure className={styles['figure']}>
      <div role="img" aria-label={label} className={styles['chart']} style={heightOf(props)}>
        <Drawing {...props} />
      </div>
      <details className={styles['details']}>
        <summary>{t('table')}</summary>
        <Table
          label={label}
          rows={rows}
          keyOf={keyOf}
          columns={[
            { head, cell: labelOf },
            ...series.map(({ text, value, write }) => ({
              head: text,
              cell: (row: Row) => write(value(row)),
              isNumber: true,
            })),
            ...columns,
          ]}
        />
      </details>
    </figure>
  );
}

const heightOf = <Row,>({ isHorizontal, rows }: ChartProps<Row>): { blockSize: string } => ({
  blockSize: isHorizontal ? `${Math.max(8, rows.length * 2.75 + 4)}rem` : '18rem',
});

function Drawing<Row>({ rows, labelOf, series, tick, isHorizontal = false }: ChartProps<Row>) {
  const data = rows.map((row) => ({
    label: labelOf(row),
    ...Object.fromEntries(series.map(({ id, value }) => [id, value(row)])),
  }));
  const byId = new Map(series.map((each) => [each.id, each]));
  const hasEnd = series.some(({ isAtEnd }) => isAtEnd);
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 320, height: 288 }}>
      <ComposedChart
        data={data}
        accessibilityLayer={false}
        layout={isHorizontal ? 'vertical' : 'horizontal'}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      >
        <CartesianGrid yAxisId="start" stroke="var(--line)" vertical={isHorizontal} horizontal={!isHorizontal} />
        {isHorizontal ? (
          <>
            <YAxis yAxisId="start" type="category" dataKey="label" width={150} {...AXIS} />
            <XAxis type="number" {...(tick && { tickFormatter: tick })} {...AXIS} />
          </>
        ) : (
          <>
            <XAxis dataKey="label" minTickGap={24} {...AXIS} />
            <YAxis yAxisId="start" width={64} {...(tick && { tickFormatter: tick })} {...AXIS} />
            {hasEnd && <YAxis yAxisId="end" orientation="right" width={48} {...AXIS} />}
          </>
        )}
        <Tooltip
          contentStyle={{ background: 'var(--surface-raised)', borderColor: 'var(--line)', borderRadius: 8 }}
          labelStyle={{ color: 'var(--ink)' }}
          itemStyle={{ color: 'var(--ink)' }}
          cursor={{ fill: 'var(--surface-sunken)', stroke: 'var(--line)' }}
          formatter={(value, _name, { dataKey }) => byId.get(String(dataKey))?.write(Number(value)) ?? String(value)}
        />
        {series.length > 1 && <Legend itemSorter={null} formatter={legend} />}
        {series.map(drawn)}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

const legend = (text: string) => <span className={styles['legend']}>{text}</span>;

function drawn<Row>({ id, text, kind, colour, isAtEnd }: Series<Row>) {
  const common = { key: id, dataKey: id, name: text, yAxisId: isAtEnd ? 'end' : 'start', isAnimationActive: false };
  const { key, ...props } = common;
  if (kind === 'bar') return <Bar key={key} {...props} fill={COLOURS[colour]} radius={[3, 3, 0, 0]} maxBarSize={36} />;
  if (kind === 'area')
    return <Area key={key} {...props} stroke={COLOURS[colour]} fill={COLOURS[colour]} fillOpacity={0.16} />;
  return <Line key={key} {...props} stroke={COLOURS[colour]} strokeWidth={2.5} dot={false} />;
}
