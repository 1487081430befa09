import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questions } from '../../src/graphiql/question/questions.ts';
import { builtInWorld } from '../../src/sandbox/seed/world.ts';
import { isSkipped, launchChromium, skipNote } from './support/chromium.ts';
import { openExplorer } from './support/explorer.ts';
import { type ListeningGateway, startListeningGateway } from './support/listening-gateway.ts';
import { buildPage } from './support/stub-gateway.ts';
import { visit } from './support/visit.ts';

/** Types a query into the editor beside the explorer, runs it, and opens its answer in the explorer. */
async function drawAnswer(page: Page, query: string): Promise<void> {
  const name = /^\w+ (\w+)/.exec(query)?.[1];
  await page.getByRole('button', { name: 'Hide Inheritance' }).click();
  await page.locator('.graphiql-query-editor .view-lines').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(query);
  // The editor learns the name of the operation a moment after its text, and would run the former operation until then.
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('graphiql:tabState')))
    .toContain(`"operationName":"${name}"`);
  await Promise.all([
    page.waitForResponse((it) => it.request().postData()?.includes(`"operationName":"${name}"`) ?? false),
    page.getByRole('button', { name: /Execute query/ }).click(),
  ]);
  await page.getByRole('button', { name: 'Show Inheritance' }).click();
  await page.getByRole('button', { name: 'From the query' }).click();
}

describe.skipIf(isSkipped)(`the page as the gateway serves it, on the sandbox${skipNote}`, () => {
  let browser: Browser;
  let gateway: ListeningGateway;

  beforeAll(async () => {
    await buildPage();
    [browser, gateway] = await Promise.all([launchChromium(), startListeningGateway()]);
  });

  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  it('is found at the root and by a browser that opens the endpoint', async () => {
    for (const path of ['/', '/graphql']) {
      const response = await fetch(`${gateway.url}${path}`, { headers: { accept: 'text/html' } });
      expect(response.url).toBe(`${gateway.url}/graphiql`);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await response.text()).toContain('<div id="page">');
    }
  });

  it('draws each answer in the form of its question, without a complaint or a word to any other host', async () => {
    const { page, complaints, foreignRequests } = await visit(browser, gateway.url, {
      viewport: { width: 1400, height: 860 },
    });
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.locator('.result-window').getByText('"data"').first().waitFor();
    const analyst = await openExplorer(page);
    await analyst.button('From the query').click();
    await expect.poll(() => analyst.title().textContent()).toMatch(/^1\d profiles in the answer$/);
    await analyst.box('All Employees').waitFor();
    const { profiles } = builtInWorld();
    const idOf = (name: string) => profiles.find((profile) => profile.name === name)?.id ?? '';
    const employees = idOf('All Employees');

    await drawAnswer(page, `query One { accessProfile(id: "${employees}") { id name } }`);
    await expect.poll(() => analyst.card().innerText()).toContain('from Workforce Identity');

    await drawAnswer(
      page,
      'query Wrong { found: inheritanceFindings(kinds: [REDUNDANT_PARENT]) { kind message profiles { id name } } }',
    );
    await page.locator('.explorer-side').getByRole('heading', { name: '1 finding', exact: true }).waitFor();
    await analyst.button('Try dropping it').waitFor();

    await drawAnswer(
      page,
      `mutation Drop { updateAccessProfileVersion(input: { id: "${employees}", removeInheritsFrom: ["${idOf('Workforce Identity')}"], dryRun: true }) { __typename } }`,
    );
    await expect.poll(() => analyst.title().textContent()).toMatch(/^3 entitlements lost by 32 profiles/);

    const version = profiles.find(({ name }) => name === 'Workforce Identity')?.versions?.[0];
    const [entity] = version?.entities_to_create_relationships_to ?? [];
    await drawAnswer(
      page,
      `query Who { accessProfilesGranting(entity: { datasourceId: "${entity?.datasource_id}", entityType: "${entity?.entity_type}", entityId: "${entity?.entity_id}" }) { name } }`,
    );
    await expect.poll(() => analyst.title().textContent()).toBe('35 profiles of 65: 1 by itself, 34 by inheritance');

    // UPDATE_PICTURE=1 renews the picture in the README.
    await analyst.find('All Employees');
    await analyst.card().getByText('from Workforce Identity').first().waitFor();
    await analyst.box('Finance').waitFor();
    await page.mouse.move(700, 20);
    const path = fileURLToPath(new URL('../../src/graphiql/picture.png', import.meta.url));
    const picture = await page.screenshot(process.env['UPDATE_PICTURE'] === '1' ? { path } : {});
    expect(picture.length).toBeGreaterThan(20_000);
    expect(complaints).toEqual([]);
    expect(foreignRequests).toEqual([]);
    await page.context().close();
  });

  it('answers every question that it offers, and those about a profile that the reader picks', async () => {
    const { page, complaints } = await visit(browser, gateway.url);
    await page.getByRole('button', { name: 'Show Questions' }).click();
    await page.locator('.question').first().waitFor();
    const offered = await page.locator('.question:not(:disabled) strong').allTextContents();
    expect(offered.length).toBeGreaterThanOrEqual(6);
    // What may write is not run by a click, and not by this test.
    const { Change: _writing, ...reading } = questions;
    for (const { title, query } of Object.values(reading).flat()) {
      if (!offered.includes(title)) continue;
      const name = /query (\w+)/.exec(query)?.[1];
      const [response] = await Promise.all([
        page.waitForResponse((it) => it.request().postData()?.includes(`"operationName":"${name}"`) ?? false),
        page.locator('.question', { has: page.locator('strong', { hasText: title }) }).click(),
      ]);
      expect(await response.json(), title).not.toHaveProperty('errors');
    }
    expect(await page.locator('.panel-notice').count()).toBe(0);
    await page.getByRole('button', { name: /^Ask about/ }).click();
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type('Controller');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Ask about Controller' }).waitFor();
    await page.getByRole('button', { name: /^Effective access of one profile/ }).click();
    await page.locator('.result-window').getByText('"Controller"').first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
