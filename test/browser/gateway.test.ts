import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questions } from '../../src/graphiql/question/questions.ts';
import { isSkipped, launchChromium, skipNote } from './support/chromium.ts';
import { openExplorer } from './support/explorer.ts';
import { type ListeningGateway, startListeningGateway } from './support/listening-gateway.ts';
import { buildPage } from './support/stub-gateway.ts';
import { visit } from './support/visit.ts';

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

  it('opens, answers, and draws the answer, without a complaint or a word to any other host', async () => {
    const { page, complaints, foreignRequests } = await visit(browser, gateway.url);
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.locator('.result-window').getByText('"data"').first().waitFor();
    const analyst = await openExplorer(page);
    await analyst.button('From the query').click();
    await expect.poll(() => analyst.title().textContent()).toMatch(/^1\d profiles in the answer$/);
    await analyst.box('All Employees').waitFor();
    expect(complaints).toEqual([]);
    expect(foreignRequests).toEqual([]);
    await page.context().close();
  });

  it('answers every question that it offers', async () => {
    const { page, complaints } = await visit(browser, gateway.url);
    await page.getByRole('button', { name: 'Show Questions' }).click();
    await page.locator('.question').first().waitFor();
    const offered = await page.locator('.question:not(:disabled) strong').allTextContents();
    expect(offered.length).toBeGreaterThanOrEqual(6);
    // What may write is not run by a click, and not by this test.
    for (const { title, query } of questions.filter((it) => offered.includes(it.title) && it.group !== 'Change')) {
      const name = /query (\w+)/.exec(query)?.[1];
      const [response] = await Promise.all([
        page.waitForResponse((it) => it.request().postData()?.includes(`"operationName":"${name}"`) ?? false),
        page.locator('.question', { has: page.locator('strong', { hasText: title }) }).click(),
      ]);
      expect(await response.json(), title).not.toHaveProperty('errors');
    }
    expect(await page.locator('.panel-notice').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('fills the questions with a profile that the reader picks', async () => {
    const { page, complaints } = await visit(browser, gateway.url);
    await page.getByRole('button', { name: 'Show Questions' }).click();
    await page.getByRole('button', { name: /^Ask about/ }).click();
    await page.keyboard.type('Controller');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Ask about Controller' }).waitFor();
    await page.getByRole('button', { name: /^Effective access of one profile/ }).click();
    await page.locator('.result-window').getByText('"Controller"').first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('makes a good picture', async () => {
    const { page } = await visit(browser, gateway.url, { viewport: { width: 1400, height: 860 } });
    const analyst = await openExplorer(page);
    await analyst.find('All Employees');
    await analyst.card().getByText('from Workforce Identity').first().waitFor();
    await analyst.box('Finance').waitFor();
    // UPDATE_PICTURE=1 renews the one in the README.
    const path = fileURLToPath(new URL('../../src/graphiql/picture.png', import.meta.url));
    const picture = await page.screenshot(process.env['UPDATE_PICTURE'] === '1' ? { path } : {});
    expect(picture.length).toBeGreaterThan(20_000);
    await page.context().close();
  });
});
