import { launchChromium } from './test/browser/support/chromium.ts';
import { startListeningGateway } from './test/browser/support/listening-gateway.ts';
import { visit } from './test/browser/support/visit.ts';
import { openExplorer } from './test/browser/support/explorer.ts';
import { writeFileSync } from 'node:fs';
const size = Number(process.argv[2] ?? 10000);
const browser = await launchChromium();
const gateway = await startListeningGateway({ profiles: size });
const { page } = await visit(browser, gateway.url);
page.setDefaultTimeout(60000);
const a = await openExplorer(page);
const cdp = await page.context().newCDPSession(page);
const events: any[] = [];
cdp.on('Tracing.dataCollected', ({ value }: any) => events.push(...value));
async function traced(name: string, f: () => Promise<unknown>) {
  events.length = 0;
  await cdp.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', 'blink.user_timing'], recordMode: 'recordAsMuchAsPossible' } } as any);
  await f();
  await page.waitForTimeout(300);
  const done = new Promise((r) => cdp.once('Tracing.tracingComplete' as any, r));
  await cdp.send('Tracing.end'); await done;
  const tids = new Map<string, string>();
  for (const e of events) if (e.name === 'thread_name') tids.set(`${e.pid}/${e.tid}`, e.args.name);
  const tasks = events.filter((e) => e.ph === 'X' && (e.name === 'RunTask' || e.name === 'ThreadControllerImpl::RunTask') && tids.get(`${e.pid}/${e.tid}`) === 'CrRendererMain');
  tasks.sort((x, y) => (y.tdur ?? 0) - (x.tdur ?? 0));
  console.log(name, 'cpu ms of the longest tasks:', tasks.slice(0, 6).map((t) => `${((t.tdur ?? 0) / 1000).toFixed(0)} (wall ${(t.dur / 1000).toFixed(0)})`).join(', '));
  for (const t of tasks.slice(0, 2)) {
    const inside = events.filter((e) => e.ph === 'X' && e.pid === t.pid && e.tid === t.tid && e.ts >= t.ts && e.ts + e.dur <= t.ts + t.dur && e !== t && (e.tdur ?? 0) > 8000);
    console.log('   ', inside.map((e) => `${e.name} ${((e.tdur) / 1000).toFixed(0)} ${e.args?.data?.functionName ?? e.args?.data?.type ?? ''}`).join('; '));
  }
  writeFileSync(`/tmp/h/K17-scratch/trace-${name}.json`, JSON.stringify(events));
}
if (size > 2000) {
  const all = page.getByRole('button', { name: /^Read all/ });
  await all.waitFor();
  await traced('read', async () => { await all.click(); await page.getByRole('img', { name: /^Map of/ }).waitFor(); await page.locator('.explorer-count.is-warning').waitFor(); });
}
await traced('hover', async () => { for (let i = 0; i < 12; i++) { await page.mouse.move(300 + i * 60, 300 + i * 5); await page.waitForTimeout(60); } });
await traced('sort', async () => { await page.getByRole('button', { name: 'Name', exact: true }).click(); await page.waitForTimeout(300); await page.getByRole('button', { name: 'Labels', exact: true }).click(); });
await traced('filter', async () => { await page.getByRole('region', { name: 'Filters' }).getByRole('button').nth(1).click(); await page.waitForTimeout(300); await page.getByRole('region', { name: 'Filters' }).getByRole('button', { name: /^with findings/ }).click(); });
await traced('search', async () => { await page.locator('[data-shortcut="/"]').click(); await page.keyboard.type('vice pre', { delay: 40 }); await page.waitForTimeout(400); });
await traced('profile', async () => { await page.keyboard.press('Enter'); await a.card().waitFor(); await page.waitForTimeout(1000); });
await traced('findings', async () => { await page.locator('.explorer-tabs').getByRole('button', { name: /^Findings/ }).click(); await page.locator('.explorer-side .explorer-row').first().waitFor(); });
await traced('down', async () => { for (let i = 0; i < 6; i++) { await page.locator('.explorer-side .explorer-row').nth(i).click(); await page.waitForTimeout(150);} });
await traced('back', async () => { await page.locator('.explorer-tabs').getByRole('button', { name: /^Overview/ }).click(); await page.waitForTimeout(500); });
await browser.close(); await gateway.close(); process.exit(0);
