import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInWorld } from '../../src/sandbox/seed/world.ts';
import type { World } from '../../src/sandbox/world.ts';
import { isSkipped, launchChromium, skipNote } from './support/chromium.ts';
import { expectAccessible, expectReadable, exported, openExplorer } from './support/explorer.ts';
import { arabicName, hostileWorld, longName, markupName } from './support/hostile-world.ts';
import { startListeningGateway } from './support/listening-gateway.ts';
import { buildPage } from './support/stub-gateway.ts';
import { visit } from './support/visit.ts';

/** Five profiles with a cycle, a parent that is gone, and one alone. */
function smallWorld(): World {
  const { types } = builtInWorld();
  const profile_type = types[0]?.id ?? '';
  const profile = (id: string, ...inherits: readonly string[]) => ({
    id,
    name: `Profile ${id}`,
    profile_type,
    inherits,
  });
  return {
    types,
    profiles: [profile('a', 'b'), profile('b', 'c'), profile('c', 'a'), profile('d', 'a', 'gone'), profile('e')],
  };
}

describe.skipIf(isSkipped)(`the explorer on other worlds${skipNote}`, () => {
  let browser: Browser;

  beforeAll(async () => {
    await buildPage();
    browser = await launchChromium();
  });

  afterAll(() => browser?.close());

  it('draws a cycle and a missing parent', async () => {
    const gateway = await startListeningGateway({ world: smallWorld() });
    const { page, complaints } = await visit(browser, gateway.url);
    const analyst = await openExplorer(page);
    await expect.poll(() => analyst.title().textContent()).toMatch(/^5 profiles/);
    expect(await page.locator('.explorer-lines .is-cycle').count()).toBe(1);
    await analyst.find('Profile d');
    await expect.poll(() => page.locator('.explorer-amber').textContent()).toContain('1 parent is not visible to you');
    expect(await analyst.box('not visible to you').count()).toBe(1);
    expect(await page.locator('.inheritance-panel').innerText()).not.toContain('gone');
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await page.context().close();
    await gateway.close();
  });

  it('keeps names and ids text, whatever they hold', async () => {
    const gateway = await startListeningGateway({ world: hostileWorld() });
    const { page, complaints } = await visit(browser, gateway.url);
    const analyst = await openExplorer(page);
    for (const name of [markupName, longName, arabicName, '__proto__']) {
      await analyst.find(name);
      await expect.poll(() => analyst.title().textContent()).toBe(name);
    }
    await page.goto(`${gateway.url}/graphiql#explorer?view=profile&id=__proto__`);
    await expect.poll(() => analyst.title().textContent()).toBe('Root of all');
    await analyst
      .card()
      .getByRole('button', { name: /^<script>/ })
      .waitFor();
    const svg = (await exported(page, 'SVG drawing')).content.toString();
    expect(svg).not.toMatch(/<(img|script|b)\b/);
    expect(await page.locator('.inheritance-panel :is(img, b, script)').count()).toBe(0);
    await expectReadable(page);
    expect(complaints).toEqual([]);
    await page.context().close();
    await gateway.close();
  });

  it('shows 1,000 profiles as a map over a table, whose rows are built in sight only', async () => {
    const gateway = await startListeningGateway({ profiles: 1_000 });
    const { page, complaints } = await visit(browser, gateway.url);
    const analyst = await openExplorer(page);
    await expect.poll(() => analyst.title().textContent()).toMatch(/^1,000 profiles/);
    expect(await page.getByRole('img', { name: /^Map of 1,000 profiles by level: Inherit from none/ }).count()).toBe(1);
    expect(await page.locator('.explorer-table tbody tr').count()).toBeLessThan(60);
    await page.getByRole('button', { name: 'Name', exact: true }).click();
    const rows = page.locator('.explorer-table-name');
    await expect.poll(() => rows.first().innerText()).toMatch(/^.*\s*Americas Data/);
    await expectAccessible(page);
    await expectReadable(page);
    expect(complaints).toEqual([]);
    await page.context().close();
    await gateway.close();
  });

  it('asks before it reads 10,000 profiles, finds one without, and then draws them', async () => {
    const gateway = await startListeningGateway({ profiles: 10_000 });
    const { page, complaints } = await visit(browser, gateway.url);
    const analyst = await openExplorer(page);
    const all = page.getByRole('button', { name: /^Read all 10,000 \(about 100 calls/ });
    await all.waitFor();
    expect(gateway.sandbox.calls.length).toBeLessThan(10);
    await analyst.find('Vice President 09999');
    await expect.poll(() => analyst.title().textContent()).toMatch(/09999$/);
    await page.keyboard.press('1');
    await all.click();
    await expect.poll(() => analyst.title().textContent()).toMatch(/^10,000 profiles/);
    expect(complaints).toEqual([]);
    await page.context().close();
    await gateway.close();
  });

  it('says what to do without a key, with a refused one, and on an empty tenant', async () => {
    for (const [options, authorization, text] of [
      [{}, null, 'No key, or one that is not accepted'],
      [{}, 'Bearer nonsense', 'No key, or one that is not accepted'],
      [{ world: { types: [], profiles: [] } }, undefined, 'No access profiles yet'],
    ] as const) {
      const gateway = await startListeningGateway(options, authorization);
      const { page } = await visit(browser, gateway.url);
      await page.getByRole('button', { name: 'Show Inheritance' }).click();
      await page.getByRole('heading', { name: text }).waitFor();
      if (authorization !== undefined) {
        await page.getByRole('button', { name: 'Open Headers' }).click();
        await page.locator('.graphiql-editor-tool[aria-label="Headers"]:not(.hidden)').waitFor();
      }
      await page.context().close();
      await gateway.close();
    }
  });

  it('opens by its address', async () => {
    const gateway = await startListeningGateway();
    const { page, complaints } = await visit(browser, gateway.url, { link: '#explorer?view=findings' });
    await page
      .locator('.explorer-side')
      .getByRole('heading', { name: /^\d+ findings$/ })
      .waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
    await gateway.close();
  });

  it('opens a query by ?query= and runs nothing', async () => {
    const gateway = await startListeningGateway();
    const query = encodeURIComponent(
      'mutation Linked($input: ChangeAccessProfileLabelsInput!) { addAccessProfileLabels(input: $input) { __typename } }',
    );
    const variables = encodeURIComponent('{ "input": { "id": "x", "labels": [] } }');
    const { page, complaints } = await visit(browser, gateway.url, { link: `?query=${query}&variables=${variables}` });
    await page.locator('.graphiql-query-editor').getByText('Linked').first().waitFor();
    await page.locator('.graphiql-editor-tool').getByText('"labels"').first().waitFor();
    expect(await page.locator('.result-window').innerText()).not.toContain('data');
    expect(gateway.sandbox.calls).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
    await gateway.close();
  });
});
