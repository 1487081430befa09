import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isSkipped, launchChromium, skipNote } from './support/chromium.ts';
import { cpuTime } from './support/cpu-time.ts';
import { askQuestion, choose, drawn, exported, openPanel } from './support/panel.ts';
import { buildPage, type StubGateway, startStubGateway } from './support/stub-gateway.ts';
import { visit } from './support/visit.ts';
import { company, diamond } from './support/world.ts';

describe.skipIf(isSkipped)(`the inheritance panel${skipNote}`, () => {
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

  it('says what to do while there is nothing to draw', async () => {
    const { page } = await visit(browser, gateway.url);
    await page.getByRole('button', { name: 'Show Inheritance' }).click();
    await page.locator('.inheritance-panel').getByRole('button', { name: 'Run the query' }).click();
    await page.locator('.inheritance-canvas[data-nodes="5"]').waitFor();
    await page.context().close();
  });

  describe('with the whole graph drawn', () => {
    let page: Page;
    let complaints: readonly string[];

    beforeAll(async () => {
      ({ page, complaints } = await visit(browser, gateway.url));
      await askQuestion(page, /^The whole inheritance graph/);
      await openPanel(page);
    });

    afterEach(() => expect(complaints).toEqual([]));
    afterAll(() => page.context().close());

    it('draws each profile and each edge of the response, and lists them as text', async () => {
      expect(await drawn(page)).toEqual({ nodes: 5, edges: 5 });
      await page.getByText('As a list').click();
      expect(await page.locator('.inheritance-list li').allTextContents()).toEqual([
        'Engineer inherits from Employee',
        'Analyst inherits from Employee',
        'Lead inherits from Engineer',
        'Lead inherits from Analyst',
        '<img src=x onerror=alert(1)> inherits from Engineer',
      ]);
      expect(await page.locator('.inheritance-legend').textContent()).toContain('Business Role');
    });

    it('keeps a profile name text wherever it shows', async () => {
      await choose(page, '<img');
      const card = page.locator('.inheritance-card');
      expect(await card.getByRole('heading').textContent()).toBe('<img src=x onerror=alert(1)>');
      // Nor in the list, which the test before this one has opened.
      expect(await page.locator('.inheritance-list li').count()).toBe(5);
      expect(await page.locator('img').count()).toBe(0);
      const svg = await exported(page, 'SVG');
      expect(svg.content.toString()).not.toContain('<img');
      expect((await exported(page, 'Mermaid')).content.toString()).not.toContain('<img');
    });

    it('lights up the path between two profiles, and says it', async () => {
      await choose(page, 'Lead');
      await page.getByRole('button', { name: 'Path to…' }).click();
      await choose(page, 'Employee');
      const path = page.locator('.inheritance-path');
      expect(await path.textContent()).toContain('Lead inherits from Employee in 2 steps: Lead → Engineer → Employee.');
      expect(await path.getByRole('button', { name: 'Clear' }).isVisible()).toBe(true);
    });

    it('is used by keyboard: arrows walk, Escape lets go', async () => {
      await choose(page, 'Lead');
      await page.locator('.inheritance-canvas').focus();
      await page.keyboard.press('ArrowUp');
      const heading = page.locator('.inheritance-card').getByRole('heading');
      expect(['Engineer', 'Analyst']).toContain(await heading.textContent());
      await page.keyboard.press('ArrowUp');
      expect(await heading.textContent()).toBe('Employee');
      await page.keyboard.press('Escape');
      expect(await page.locator('.inheritance-card').count()).toBe(0);
    });

    it('exports a picture, a drawing and a flowchart', async () => {
      const png = await exported(page, 'PNG');
      expect(png.name).toBe('inheritance.png');
      expect(png.content.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
      const svg = (await exported(page, 'SVG')).content.toString();
      const parsed = await page.evaluate(`(() => {
        const root = new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml').documentElement;
        return [root.localName, root.querySelectorAll('text').length, root.querySelectorAll('path[marker-end]').length];
      })()`);
      expect(parsed).toEqual(['svg', 5, 5]);
      const mermaid = (await exported(page, 'Mermaid')).content.toString();
      expect(mermaid).toMatch(/^flowchart BT\n/);
      expect(mermaid.match(/ --> /g)).toHaveLength(5);
    });
  });

  it('shows a profile on its card and expands it with the headers set in GraphiQL', async () => {
    const { page, complaints } = await visit(browser, gateway.url);
    await askQuestion(page, /^Parents and children of one profile/);
    expect(await openPanel(page)).toEqual({ nodes: 4, edges: 3 });
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.locator('.graphiql-editor-tool[aria-label="Headers"] .view-lines').last().click();
    await page.keyboard.insertText('{ "x-tenant": "acme" }');
    await choose(page, 'Lead');
    await page.locator('.inheritance-card').getByText('1 direct, 1 effective').waitFor();
    await page.getByRole('button', { name: 'Expand parents' }).click();
    // Analyst is new, and so is the edge to it from Lead; that Analyst inherits from Employee nobody has asked yet.
    await page.locator('.inheritance-canvas[data-nodes="5"][data-edges="4"]').waitFor();
    expect(gateway.requests.at(-1)?.get('x-tenant')).toBe('acme');
    await page.getByRole('button', { name: 'Copy id' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('AccessProfile:p4');
    await page.getByRole('button', { name: 'Open query for this profile' }).click();
    await page.getByRole('tab', { name: 'Profile', exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("follows GraphiQL's theme, and the system's where none is chosen", async () => {
    const { page, complaints } = await visit(browser, gateway.url, { colorScheme: 'dark' });
    await askQuestion(page, /^The whole inheritance graph/);
    await openPanel(page);
    expect((await exported(page, 'SVG')).content.toString()).toContain('fill="hsl(219, 29%, 18%)"');
    await page.getByRole('button', { name: 'Open settings dialog' }).click();
    await page.getByRole('button', { name: 'Light', exact: true }).click();
    await page.keyboard.press('Escape');
    expect((await exported(page, 'SVG')).content.toString()).toContain('fill="hsl(0, 0%, 100%)"');
    expect(await drawn(page)).toEqual({ nodes: 5, edges: 5 });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('draws a thousand profiles without working long', async () => {
    const large = await startStubGateway(company(1_000));
    const { page, complaints } = await visit(browser, large.url);
    await askQuestion(page, /^The whole inheritance graph/);
    const before = await cpuTime(browser);
    const { nodes } = await openPanel(page);
    const took = (await cpuTime(browser)) - before;
    await page.context().close();
    large.close();
    expect(nodes).toBe(1_000);
    expect(complaints).toEqual([]);
    // Processor time of all processes of the browser: 2 s on an idle machine. Quadratic work would take minutes.
    expect(took).toBeLessThan(20_000);
  });

  it('offers to narrow what is too large to draw', async () => {
    const huge = await startStubGateway(company(2_500));
    const { page, complaints } = await visit(browser, huge.url);
    await askQuestion(page, /^The whole inheritance graph/);
    await page.getByRole('button', { name: 'Show Inheritance' }).click();
    await page.getByText('more than one drawing shows well').waitFor();
    expect(await page.locator('.inheritance-canvas').count()).toBe(0);
    await page.getByPlaceholder('Name').fill('Base 1');
    await page.getByRole('button', { name: 'Base 1', exact: true }).click();
    await page.locator('.inheritance-canvas[data-nodes]').waitFor();
    expect((await drawn(page)).nodes).toBeLessThan(2_000);
    await page.getByRole('button', { name: 'Draw all of it' }).click();
    await page.getByRole('button', { name: 'Draw everything anyway' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
    huge.close();
  });
});
