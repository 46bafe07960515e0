import { sql } from '@marquee/database';

import { ruleOf } from './rule.ts';

export const invoicesHaveNoGaps = ruleOf(
  'a country’s invoices have the numbers 1 to the last of its series',
  'payments',
  sql`
    SELECT country || ' has ' || coalesce(issued, 0) || ' invoices up to number ' || coalesce(highest, 0)
      || ', and a series up to ' || coalesce(series.last, 0) AS what
    FROM invoice_series AS series FULL JOIN (
      SELECT country, count(DISTINCT sequence) AS issued, max(sequence) AS highest FROM invoices GROUP BY country) AS invoiced
      USING (country)
    WHERE coalesce(issued, 0) <> coalesce(highest, 0) OR coalesce(highest, 0) <> coalesce(series.last, 0)`,
);
