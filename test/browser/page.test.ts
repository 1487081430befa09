import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSkipped, launchChromium, skipNote } from './support/chromium.ts';
import { buildPage, type StubGateway, startStubGateway } from './support/stub-gateway.ts';
import { visit } from './support/visit.ts';
import { diamond } from './support/world.ts';

describe.skipIf(isSkipped)(`the page in a browser${skipNote}`, () => {
  let browser: Browser;
  let gateway: StubGateway;

  beforeAll(async () => {
    await buildPage();
    [browser, gateway] = await Promise.all([launchChromium(), startStubGateway(diamond)]);
  });

  afterAll(async () => {
    await browser?.close();
    gateway?.close();
  });

  it('opens with completion, docs, click-to-build explorer and history, without a complaint or a word to any other host', async () => {
    const { page, complaints, foreignRequests } = await visit(browser, gateway.url);
    await page.locator('.graphiql-query-editor').getByText('FirstProfiles').waitFor();
    // Completion comes from Monaco's GraphQL worker: it answers only if the worker was let in.
    await page.locator('.graphiql-query-editor .view-lines').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('{ accessPro');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget').getByText('accessProfiles').first().waitFor();
    for (const title of ['Documentation Explorer', 'GraphiQL Explorer', 'History']) {
      await page.getByRole('button', { name: `Show ${title}` }).click();
      await page.locator('.graphiql-plugin').getByText(/\S/).first().waitFor();
    }
    expect(complaints).toEqual([]);
    expect(foreignRequests).toEqual([]);
    await page.context().close();
  });

  it('is sent with a policy that allows no eval and no foreign source', async () => {
    const response = await fetch(`${gateway.url}/graphiql`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).not.toMatch(/https?:|\*/);
  });

  it('runs the query it opens with, and ready questions with variables and headers, as far as the schema has them', async () => {
    const { page, complaints } = await visit(browser, gateway.url);
    await page.getByRole('button', { name: /Execute query/ }).click();
    await page.locator('.result-window').getByText('"Employee"').first().waitFor();
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.locator('.graphiql-editor-tool[aria-label="Headers"] .view-lines').last().click();
    await page.keyboard.insertText('{ "x-tenant": "acme" }');
    await page.getByRole('button', { name: 'Show Questions' }).click();
    const findings = page.getByRole('button', { name: /^Findings/ });
    await page.locator('.question:disabled').first().waitFor();
    expect(await findings.isDisabled()).toBe(true);
    expect(await findings.getAttribute('title')).toContain('InheritanceFinding');
    expect(await page.getByRole('button', { name: /^Browse profiles/ }).isDisabled()).toBe(false);
    await page.getByRole('button', { name: /What breaks if this profile changes/ }).click();
    await page.locator('.result-window').getByText('"Engineer"').first().waitFor();
    await page.getByRole('tab', { name: 'WhatBreaks' }).waitFor();
    expect(gateway.requests.at(-1)?.get('x-tenant')).toBe('acme');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
