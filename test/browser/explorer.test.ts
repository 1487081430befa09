import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSkipped, launchChromium, skipNote } from './support/chromium.ts';
import { type Analyst, expectAccessible, expectReadable, exported, openExplorer } from './support/explorer.ts';
import { type ListeningGateway, startListeningGateway } from './support/listening-gateway.ts';
import { buildPage } from './support/stub-gateway.ts';
import { type Visit, visit } from './support/visit.ts';

const screens = [
  { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 1024, height: 700 } },
] as const;

describe.skipIf(isSkipped)(`the explorer on a company of 65 profiles${skipNote}`, () => {
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

  describe.each(screens)('at $viewport.width px, $colorScheme', (screen) => {
    let visited: Visit;
    let analyst: Analyst;

    beforeAll(async () => {
      visited = await visit(browser, gateway.url, screen);
      analyst = await openExplorer(visited.page);
    });

    afterAll(async () => {
      expect(visited.complaints).toEqual([]);
      expect(visited.foreignRequests).toEqual([]);
      await visited.page.context().close();
    });

    it('shows all profiles at first', async () => {
      await expect.poll(() => analyst.title().textContent()).toBe('65 profiles, 90 links to parents');
      expect(await visited.page.locator('.explorer-stage .explorer-box').count()).toBe(65);
      await expectReadable(visited.page);
      await expectAccessible(visited.page);
    });

    it('tells what a profile grants and through whom without a click', async () => {
      await analyst.find('All Employees');
      await expect.poll(() => analyst.card().innerText()).toContain('from Workforce Identity');
      expect(await analyst.card().innerText()).toMatch(/Okta[\s\S]*Everyone[\s\S]*Workday[\s\S]*Employee As Self/);
      expect(await analyst.under().textContent()).toBe('inherits from 2 profiles · 31 profiles inherit from it');
      expect(analyst.takeClicks()).toBe(0);
      await analyst
        .button('Sales, Business Role, child of All Employees, Salesforce Sales User and 1 more, 4 children, 1 finding')
        .waitFor();
      await expectReadable(visited.page);
      await expectAccessible(visited.page);
    });

    it('tells who is affected by one click at most', async () => {
      await analyst.click(analyst.button('all'));
      await expect.poll(() => analyst.box('Strategic Accounts Director').count()).toBe(1);
      expect(analyst.takeClicks()).toBe(1);
    });

    it('keeps a clicked box in its place, and goes there by Enter', async () => {
      await analyst.find('Finance');
      const child = analyst.box('Controller');
      await child.waitFor();
      await child.scrollIntoViewIfNeeded();
      const before = await child.boundingBox();
      await child.click();
      expect(await analyst.card().getByRole('heading', { level: 2 }).textContent()).toBe('Controller');
      expect(await child.boundingBox()).toEqual(before);
      await visited.page.keyboard.press('ArrowLeft');
      await visited.page.keyboard.press('Enter');
      await expect.poll(() => analyst.title().textContent()).not.toBe('Finance');
      expect(await analyst.button('Forward').isDisabled()).toBe(true);
      await visited.page.keyboard.press('Alt+ArrowLeft');
      await expect.poll(() => analyst.title().textContent()).toBe('Finance');
      await expect.poll(() => analyst.button('Forward').isDisabled()).toBe(false);
    });

    it('brings the scroll position and what was chosen back', async () => {
      await visited.page.keyboard.press('4');
      const side = visited.page.locator('.explorer-side');
      const row = side.getByRole('button', { name: /^Finance and Accounts Payable/ });
      await row.click();
      // The page hears of scrolling with the next frame.
      const top = await side.evaluate(async (element) => {
        element.scrollTo(0, 40);
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        return element.scrollTop;
      });
      await visited.page.keyboard.press('6');
      await side.waitFor({ state: 'detached' });
      await visited.page.keyboard.press('Alt+ArrowLeft');
      await row.waitFor();
      expect(await row.getAttribute('aria-current')).toBe('true');
      await expect.poll(() => side.evaluate((element) => element.scrollTop)).toBe(top);
    });

    it('says the way to a profile and shows all ways by two clicks', async () => {
      await analyst.find('Chief Financial Officer');
      await expect.poll(() => analyst.title().textContent()).toBe('Chief Financial Officer');
      await analyst.click(analyst.button('Path to…'));
      await visited.page.getByRole('option', { name: /^Finance/ }).waitFor();
      expect(await visited.page.getByRole('option', { name: /^Chief Financial Officer/ }).count()).toBe(0);
      await analyst.pick('Workforce Identity');
      await expect
        .poll(() => analyst.title().textContent())
        .toBe('Chief Financial Officer inherits from Workforce Identity by way of 2 profiles.');
      expect(await analyst.under().textContent()).toBe(
        '3 steps, the shortest way: Executive Leadership, All Employees',
      );
      await analyst.click(analyst.button(/^All \d+ routes$/));
      await analyst.box('Controller').waitFor();
      expect(analyst.takeClicks()).toBe(2);
    });

    it('tries dropping a parent by two clicks, and writes nothing', async () => {
      gateway.sandbox.clearCalls();
      await analyst.find('All Employees');
      await expect.poll(() => analyst.title().textContent()).toBe('All Employees');
      await analyst.click(analyst.button('Try a change', analyst.card()));
      await analyst.click(visited.page.getByRole('checkbox', { name: 'Workforce Identity' }));
      await expect.poll(() => analyst.title().textContent()).toMatch(/^3 entitlements lost by 32 profiles/);
      expect(analyst.takeClicks()).toBe(2);
      expect(await visited.page.locator('.explorer-effect-list').innerText()).toContain('Domain Staff');
      expect(await analyst.box('Controller').textContent()).toContain('loses 3');
      expect(gateway.sandbox.calls.filter(({ method, path }) => method !== 'GET' && !path.includes('list'))).toEqual(
        [],
      );
      await expectReadable(visited.page);
      await expectAccessible(visited.page);
    });

    it('tries adding a parent by two clicks', async () => {
      await analyst.find('All Contractors');
      await expect.poll(() => analyst.title().textContent()).toBe('All Contractors');
      await analyst.click(analyst.button('Try a change', analyst.card()));
      await analyst.click(analyst.button('Add a parent…'));
      await analyst.pick('AWS Billing');
      await expect.poll(() => analyst.title().textContent()).toMatch(/entitlements? gained by|^This would be refused/);
      expect(analyst.takeClicks()).toBe(2);
    });

    it('opens the change in the editor, which has the place of the explorer, and comes back to it', async () => {
      const { page } = visited;
      const title = await analyst.title().textContent();
      await analyst.click(analyst.button('As a mutation…'));
      await page.locator('.graphiql-query-editor').getByText('dryRun').or(page.getByText('"dryRun"')).first().waitFor();
      await page.locator('.inheritance-panel').waitFor({ state: 'detached' });
      expect((await page.locator('.graphiql-sessions').boundingBox())?.x).toBeLessThan(80);
      await page.goBack();
      await expect.poll(() => analyst.title().textContent()).toBe(title);
      analyst.takeClicks();
    });

    it('leads from a finding to its cure by three clicks', async () => {
      await analyst.click(visited.page.getByRole('navigation').getByRole('button', { name: /^Findings/ }));
      await analyst.click(
        visited.page.locator('.explorer-side').getByRole('button', { name: 'Inside Sales, no need of All Employees' }),
      );
      await expectAccessible(visited.page);
      await analyst.click(analyst.button('Try dropping it'));
      await expect.poll(() => analyst.title().textContent()).toBe("Nobody's access changes");
      expect(analyst.takeClicks()).toBe(3);
    });

    it('compares two profiles by one click', async () => {
      await analyst.find('Controller');
      await expect.poll(() => analyst.title().textContent()).toBe('Controller');
      await analyst.click(analyst.button('Compare with…'));
      await analyst.pick('Financial Planning');
      await expect
        .poll(() => analyst.under().textContent())
        .toMatch(/^Controller inherits from Financial Planning\. \d+ of \d+ entitlements in common\.$/);
      expect(analyst.takeClicks()).toBe(1);
      await expectAccessible(visited.page);
    });

    it('tells who grants an entitlement, and how one profile gets it, by one click each', async () => {
      await analyst.find('All Employees');
      await analyst.click(analyst.card().getByRole('button', { name: /^Everyone/ }));
      await expect.poll(() => analyst.title().textContent()).toBe('35 profiles of 65: 1 by itself, 34 by inheritance');
      await expectAccessible(visited.page);
      await analyst.click(visited.page.locator('.explorer-side').getByRole('button', { name: /^Controller/ }));
      await expect.poll(() => visited.page.locator('.explorer-box:not(.is-faded)').count()).toBeLessThan(12);
      expect(analyst.takeClicks()).toBe(2);
    });

    it('filters by three clicks', async () => {
      await visited.page.keyboard.press('1');
      const filters = visited.page.getByRole('region', { name: 'Filters' });
      await filters.waitFor();
      await analyst.click(filters.getByRole('button', { name: /^Pending/ }));
      await analyst.click(filters.getByRole('button', { name: /^finance/ }));
      await analyst.click(filters.getByRole('button', { name: /^with findings/ }));
      await expect.poll(() => analyst.title().textContent()).toBe('1 of 65 profiles');
      expect(analyst.takeClicks()).toBe(3);
      await filters.getByRole('button', { name: 'Clear' }).click();
    });

    it('hands out files', async () => {
      await analyst.find('All Employees');
      await expect.poll(() => analyst.card().innerText()).toContain('Everyone');
      const csv = await exported(visited.page, 'CSV of its entitlements');
      expect(csv.name).toBe('All-Employees-entitlements.csv');
      expect(csv.content.toString()).toContain('Okta,group,Everyone');
      const png = await exported(visited.page, 'PNG picture');
      expect(png.content.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n');
    });
  });
});
