/** The page is self-contained, so it can be opened from a file and sent by mail. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5d6878; --line: #dfe4ea; --paper: #fff; --back: #f5f7f9;
  --accent: #2457c5; --bar: #cfdcf7; --warn: #9a4a00; --warn-back: #fff3e2; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --soft: #98a3b3; --line: #313a47; --paper: #1a202a;
  --back: #12171f; --accent: #8fb2ff; --bar: #2c4474; --warn: #ffc27d; --warn-back: #3a2a15; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { margin: 0; font-size: 26px; }
h2 { margin: 40px 0 4px; font-size: 19px; }
p { margin: 4px 0 14px; color: var(--soft); }
code { font: 13px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; overflow-wrap: break-word; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(160px, 1fr)); gap: 12px; margin: 24px 0 0; }
.tile, .card, details { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; }
.tile { padding: 14px 16px; }
.tile b { display: block; font-size: 24px; font-variant-numeric: tabular-nums; }
.tile span { color: var(--soft); font-size: 13px; }
.tile.warn { background: var(--warn-back); border-color: transparent; }
.tile.warn b { color: var(--warn); }
.card { overflow-x: auto; }
table { width: 100%; min-width: 760px; table-layout: fixed; border-collapse: collapse; }
th, td { padding: 8px 14px; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
th:first-child { width: 28%; }
th:nth-child(2), th:nth-child(3) { width: 124px; }
th.when { width: 164px; }
th { border-top: 0; color: var(--soft); font-size: 12px; font-weight: 600; white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.when { white-space: nowrap; color: var(--soft); font-variant-numeric: tabular-nums; }
td.share { white-space: nowrap; font-variant-numeric: tabular-nums; }
meter { appearance: none; display: block; width: 90px; height: 5px; margin-top: 4px; border: 0; border-radius: 3px;
  background: var(--line); }
meter::-webkit-meter-inner-element, meter::-webkit-meter-bar { display: block; height: 5px; border: 0; border-radius: 3px;
  background: var(--line); }
meter::-webkit-meter-optimum-value { border-radius: 3px; background: var(--accent); }
meter::-moz-meter-bar { border-radius: 3px; background: var(--accent); }
.reason { color: var(--warn); font-size: 13px; }
.operations { color: var(--soft); font-size: 13px; }
.client + .client { margin-top: 6px; }
.badge { display: inline-block; padding: 0 7px; border-radius: 9px; background: var(--bar); font-size: 12px; }
.badge.warn { background: var(--warn-back); color: var(--warn); }
.find { position: sticky; top: 0; z-index: 1; margin: 40px 0 -24px; padding: 12px 0; background: var(--back); }
.find input { width: 100%; padding: 10px 14px; border: 1px solid var(--line); border-radius: 8px;
  background: var(--paper); color: inherit; font: inherit; }
details { margin-top: 8px; overflow-x: auto; }
summary { padding: 9px 14px; cursor: pointer; }
summary span { color: var(--soft); }
ul { margin: 0; padding: 4px 14px 12px; list-style: none; columns: 3 300px; }
li { break-inside: avoid; padding: 2px 0; }
[hidden] { display: none; }
`;

/** Filters the rows by the search text. */
export const SCRIPT = `
const field = document.querySelector('.find input');
const rows = [...document.querySelectorAll('[data-name]')];
const groups = [...document.querySelectorAll('details')];
const closed = groups.filter((group) => !group.open);
field.addEventListener('input', () => {
  const sought = field.value.trim().toLowerCase();
  for (const row of rows) row.hidden = !row.dataset.name.toLowerCase().includes(sought);
  for (const group of groups) {
    group.hidden = [...group.querySelectorAll('[data-name]')].every((row) => row.hidden);
    group.open = sought !== '' || !closed.includes(group);
  }
});
`;
