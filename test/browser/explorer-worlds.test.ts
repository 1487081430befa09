import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInWorld } from '../../src/sandbox/seed/world.ts';
import { adminKey } from '../../src/sandbox/server.ts';
import type { World } from '../../src/sandbox/world.ts';
import { isSkipped, launchChromium, skipNote } from './support/chromium.ts';
import { Analyst, expectAccessible, expectReadable, exported, openExplorer } from './support/explorer.ts';
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

  it('opens by its address, and draws a cycle and a missing parent', async () => {
    const gateway = await startListeningGateway({ world: smallWorld() });
    const { page, complaints } = await visit(browser, gateway.url, { link: '#explorer?view=findings' });
    const side = page.locator('.explorer-side');
    await side.getByRole('heading', { name: /^\d+ findings$/ }).waitFor();
    await page.keyboard.press('1');
    await page.getByRole('button', { name: 'Close this introduction' }).click();
    const analyst = new Analyst(page);
    await expect.poll(() => analyst.title().textContent()).toMatch(/^5 profiles/);
    expect(await page.locator('.explorer-lines .is-cycle').count()).toBe(1);
    await analyst.find('Profile d');
    await expect.poll(() => page.locator('.explorer-amber').textContent()).toContain('1 parent is not visible to you');
    expect(await analyst.box('not visible to you').count()).toBe(1);
    expect(await page.locator('.inheritance-panel').innerText()).not.toContain('gone');
    await expectAccessible(page);
    // Nothing of what is missing there concerns a profile alone.
    await analyst.find('Profile e');
    await expect.poll(() => analyst.title().textContent()).toBe('Profile e');
    expect(await page.locator('.explorer-amber').count()).toBe(0);
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

  it('asks before it reads 10,000 profiles, finds some without, and draws a map over a table of rows in sight', async () => {
    const gateway = await startListeningGateway({ profiles: 10_000 });
    const { page, complaints } = await visit(browser, gateway.url);
    const analyst = await openExplorer(page);
    const all = page.getByRole('button', { name: /^Read all 10,000 \(about 100 calls/ });
    await all.waitFor();
    expect(gateway.sandbox.calls.length).toBeLessThan(10);
    await analyst.find('Vice President 09999');
    await expect.poll(() => analyst.title().textContent()).toMatch(/09999$/);
    await page.keyboard.press('/');
    await page.getByRole('option', { name: /Vice President 09999/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await page.getByRole('heading', { name: 'Looked at last' }).waitFor();
    await all.click();
    await expect.poll(() => analyst.title().textContent()).toMatch(/^10,000 profiles/);
    expect(await page.getByRole('img', { name: /^Map of 10,000 profiles by level: Inherit from none/ }).count()).toBe(
      1,
    );
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

  it('says what to do without a key, with a refused one, and when the tenant does not answer', async () => {
    const gateway = await startListeningGateway({}, { authorization: null });
    const { page } = await visit(browser, gateway.url);
    const editor = page.locator('.graphiql-editor-tool[aria-label="Headers"]:not(.hidden)');
    await page.getByRole('button', { name: 'Show Inheritance' }).click();
    for (const [heading, key] of [
      ['No key, or one that is not accepted', 'nonsense'],
      ['No key, or one that is not accepted', adminKey],
    ] as const) {
      await page.getByRole('heading', { name: heading }).waitFor();
      await page.getByRole('button', { name: 'Open Headers' }).click();
      await editor.locator('.view-lines').last().click();
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Delete');
      await page.keyboard.insertText(JSON.stringify({ Authorization: `Bearer ${key}` }));
      await page.getByRole('button', { name: 'Show Inheritance' }).click();
    }
    await page.getByRole('heading', { name: '65 profiles' }).waitFor();
    await gateway.sandbox.close();
    await page.keyboard.press('/');
    await page.keyboard.type('Sales');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Entitlements' }).waitFor();
    await page.getByRole('heading', { name: 'The Veza tenant does not answer' }).first().waitFor();
    await page.context().close();
    await gateway.close();
  });

  it('says that a tenant is empty', async () => {
    const gateway = await startListeningGateway({ world: { types: [], profiles: [] } });
    const { page, complaints } = await visit(browser, gateway.url, { link: '#explorer' });
    await page.getByRole('heading', { name: 'No access profiles yet' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
    await gateway.close();
  });

  it('opens a query by ?query= and runs nothing; the explorer needs no introspection', async () => {
    const gateway = await startListeningGateway({}, { introspection: false });
    const query = encodeURIComponent(
      'mutation Linked($input: ChangeAccessProfileLabelsInput!) { addAccessProfileLabels(input: $input) { __typename } }',
    );
    const variables = encodeURIComponent('{ "input": { "id": "x", "labels": [] } }');
    const { page } = await visit(browser, gateway.url, { link: `?query=${query}&variables=${variables}` });
    await page.locator('.graphiql-query-editor').getByText('Linked').first().waitFor();
    await page.locator('.graphiql-editor-tool').getByText('"labels"').first().waitFor();
    expect(await page.locator('.result-window').innerText()).not.toContain('"data"');
    expect(gateway.sandbox.calls).toEqual([]);
    const analyst = await openExplorer(page);
    await analyst.find('All Employees');
    await expect.poll(() => analyst.card().innerText()).toContain('from Workforce Identity');
    await analyst.click(analyst.button('Try a change', analyst.card()));
    await analyst.click(page.getByRole('checkbox', { name: 'Workforce Identity' }));
    await expect.poll(() => analyst.title().textContent()).toMatch(/^3 entitlements lost by 32 profiles, 53 people/);
    await page.context().close();
    await gateway.close();
  });
});
