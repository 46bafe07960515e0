import { TEST_CARDS } from './cards.ts';
import type { ChargeView } from './views.ts';

const MESSAGES: Readonly<Record<ChargeView['status'], string>> = {
  succeeded: 'Payment confirmed. You can close this page.',
  failed: 'This payment was declined.',
  processing: 'This payment is being processed.',
  requires_action: 'This payment waits for you.',
  canceled: 'This payment was cancelled. Nothing was charged.',
};

/** The page at a charge's action URL. */
export function actionPage({ status, amount, currency }: ChargeView): string {
  const sum = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = sum.resolvedOptions().maximumFractionDigits ?? 2;
  return page('Sandbox payment', `<h1>${sum.format(amount / 10 ** digits)}</h1><p>${MESSAGES[status]}</p>`);
}

/** The first page: the cards to pay with. */
export function cardsPage(): string {
  const rows = TEST_CARDS.map(({ token, behaviour }) => `<tr><td><code>${token}</code><br>${behaviour}</td></tr>`);
  return page(
    'Sandbox payment provider',
    `<h1>Sandbox payment provider</h1><p>It charges test cards. Send one of these as <code>cardToken</code>:</p>
<table>${rows.join('')}</table><p>Any other card is declined.</p>`,
  );
}

/** Pages show no user input, so nothing is escaped. */
function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>:root{color-scheme:light dark}body{font:1.1rem system-ui;display:grid;place-items:center;min-height:90vh;margin:0;padding:0 1rem}main{text-align:center;max-width:100%;min-width:0}
table{border-collapse:collapse;text-align:left}td{padding:.4rem .8rem;border-bottom:1px solid #ccc}</style>
<main>${body}</main>
</html>
`;
}
