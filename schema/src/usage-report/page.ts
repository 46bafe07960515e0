import { createHash } from 'node:crypto';
import { groupBy } from '../group-by.ts';
import { Markup, markup } from './markup.ts';
import { SCRIPT, STYLE } from './page-assets.ts';
import { byType, minute, percent, windowText } from './text.ts';
import type { ClientUse, CoordinateUse, UnusedCoordinate, UsageReport } from './usage-report.ts';

const numbers = new Intl.NumberFormat('en');

/** The report as one self-contained page. Names come from clients, so they are escaped. */
export function reportAsPage(report: UsageReport): string {
  const policy = `default-src 'none'; style-src '${hashOf(STYLE)}'; script-src '${hashOf(SCRIPT)}'`;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Schema usage</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
<h1>Schema usage</h1>
<p>${windowText(report)}, in UTC</p>
${tiles(report)}
${clients(report)}
${deprecated(report.deprecatedInUse)}
<div class="find"><input type="search" placeholder="Find a type, field, argument or enum value" aria-label="Find"></div>
${used(report.used)}
${unused(report.unused)}
</main>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`;
  return page.text;
}

function tiles(report: UsageReport): Markup {
  const deprecatedCount = report.deprecatedInUse.length;
  return markup`<div class="tiles">
${tile(report.requests, 'requests')}
${tile(report.clients.length, 'clients')}
${tile(report.used.length, 'coordinates in use')}
${tile(deprecatedCount, 'deprecated and still used', deprecatedCount > 0)}
${tile(report.unused.length, 'unused')}
</div>`;
}

function tile(number: number, what: string, warns = false): Markup {
  return markup`<div class="${warns ? 'tile warn' : 'tile'}"><b>${numbers.format(number)}</b><span>${what}</span></div>`;
}

function clients({ clients: all, requests }: UsageReport): Markup {
  if (all.length === 0) return markup``;
  const rows = all.map(
    (each) => markup`<tr><td>${each.client}</td><td class="number">${numbers.format(each.requests)}</td>
${share(requests === 0 ? 0 : each.requests / requests)}<td>${each.versions.join(', ')}</td></tr>
`,
  );
  return markup`<h2>Clients</h2>
<p>By the name and version that each request gives.</p>
<div class="card"><table>
<tr><th>Client</th><th class="number">Requests</th><th>Share</th><th>Versions</th></tr>
${rows}</table></div>`;
}

function deprecated(uses: readonly CoordinateUse[]): Markup {
  if (uses.length === 0) return markup``;
  const rows = uses.map((use) =>
    row(use, markup`<code>${use.coordinate}</code><div class="reason">${use.deprecated ?? ''}</div>`),
  );
  return markup`<h2>Deprecated and still used</h2>
<p>Whom to talk to before it can go.</p>
<div class="card"><table>
${head('Coordinate')}
${rows}</table></div>`;
}

function used(uses: readonly CoordinateUse[]): Markup {
  if (uses.length === 0) return markup``;
  const groups = [...groupBy(uses, ({ type }) => type)].map(([type, parts]) => {
    const most = numbers.format(parts[0]?.requests ?? 0);
    return markup`<details>
<summary><code>${type}</code> <span>${parts.length} used, up to ${most} requests</span></summary>
<table>
${head('Part')}
${parts.map((use) => row(use, markup`<code>${partOf(use)}</code>${badge(use)}`))}</table>
</details>
`;
  });
  return markup`<h2>Used</h2>
<p>Types by their most used part. A request counts once for each coordinate that it names.</p>
${groups}`;
}

function unused(all: readonly UnusedCoordinate[]): Markup {
  if (all.length === 0) return markup``;
  const groups = byType(all).map(([type, parts]) => {
    const items = parts.map((part) => {
      const registered = part.registeredBy.map((client) => markup` <span class="badge">${client}</span>`);
      return markup`<li data-name="${part.coordinate}"><code>${partOf(part)}</code>${badge(part)}${registered}</li>
`;
    });
    return markup`<details open>
<summary><code>${type}</code> <span>${parts.length} unused</span></summary>
<ul>
${items}</ul>
</details>
`;
  });
  return markup`<h2>Unused</h2>
<p>No request of the window named these. Where a client is shown, it registered an operation that does.</p>
${groups}`;
}

function head(what: string): Markup {
  return markup`<tr><th>${what}</th><th class="number">Requests</th><th>Share</th><th class="when">Last used</th><th>By</th></tr>`;
}

function row(use: CoordinateUse, name: Markup): Markup {
  return markup`<tr data-name="${use.coordinate}"><td>${name}</td><td class="number">${numbers.format(use.requests)}</td>
${share(use.share)}<td class="when">${minute(use.lastSeen)}</td><td>${use.clients.map(clientUse)}</td></tr>
`;
}

function clientUse({ client, versions, operations, requests }: ClientUse): Markup {
  return markup`<div class="client">${client} <span class="badge">${versions.join(', ')}</span>
<span class="operations">${numbers.format(requests)} by ${operations.join(', ')}</span></div>`;
}

function share(part: number): Markup {
  return markup`<td class="share">${percent(part)}<meter value="${part.toFixed(4)}"></meter></td>`;
}

function badge({ deprecated: reason }: { readonly deprecated?: string }): Markup {
  return reason === undefined ? markup`` : markup` <span class="badge warn">deprecated</span>`;
}

/** The coordinate without its type. */
function partOf({ coordinate, type }: { readonly coordinate: string; readonly type: string }): string {
  return coordinate.slice(type.length + 1);
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
