import type { ChargeView } from './views.ts';

const MESSAGES: Readonly<Record<ChargeView['status'], string>> = {
  succeeded: 'Payment confirmed. You can close this page.',
  failed: 'This payment was declined.',
  processing: 'This payment is being processed.',
  requires_action: 'This payment waits for you.',
  canceled: 'This payment was cancelled. Nothing was charged.',
};

/** The page at a charge's action URL. It shows no user input, so nothing is escaped. */
export function actionPage({ status, amount, currency }: ChargeView): string {
  const sum = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = sum.resolvedOptions().maximumFractionDigits ?? 2;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox payment</title>
<style>body{font:1.1rem system-ui;display:grid;place-items:center;min-height:90vh;margin:0}main{text-align:center}</style>
<main><h1>${sum.format(amount / 10 ** digits)}</h1><p>${MESSAGES[status]}</p></main>
</html>
`;
}
