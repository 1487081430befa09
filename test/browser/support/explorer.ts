import axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Somebody at the explorer, whose clicks are counted. Keys are not clicks. */
export class Analyst {
  readonly page: Page;
  #clicks = 0;

  constructor(page: Page) {
    this.page = page;
  }

  /** Clicks since the last time that this was asked. */
  takeClicks(): number {
    const clicks = this.#clicks;
    this.#clicks = 0;
    return clicks;
  }

  async click(target: Locator): Promise<void> {
    this.#clicks += 1;
    await target.click();
  }

  button(name: string | RegExp, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** What the stage says of the answer. */
  title(): Locator {
    return this.page.locator('.explorer-head h1');
  }

  under(): Locator {
    return this.page.locator('.explorer-head p');
  }

  card(): Locator {
    return this.page.locator('.explorer-card');
  }

  box(name: string): Locator {
    return this.page.locator('.explorer-stage').getByRole('button', { name: new RegExp(`^${name}(,|$)`) });
  }

  /** Finds something by the search box and Enter alone. */
  async find(words: string): Promise<void> {
    await this.page.keyboard.press('/');
    await this.page.keyboard.type(words);
    await this.page.keyboard.press('Enter');
  }

  /** Types into the picker that has just opened. */
  async pick(words: string): Promise<void> {
    await this.page.keyboard.type(words);
    await this.page.keyboard.press('Enter');
  }
}

/** Opens the explorer on the page, and closes the introduction. */
export async function openExplorer(page: Page): Promise<Analyst> {
  await page.getByRole('button', { name: 'Show Inheritance' }).click();
  await page.getByRole('button', { name: 'Close this introduction' }).click();
  return new Analyst(page);
}

/** No text of the explorer is smaller than 11 px; letters on chips aside. */
export async function expectReadable(page: Page): Promise<void> {
  const small = await page.evaluate(() => {
    const found: string[] = [];
    const panel = document.querySelector('.inheritance-panel');
    for (const element of panel?.querySelectorAll('*') ?? []) {
      const hasText = [...element.childNodes].some(
        ({ nodeType, textContent }) => nodeType === 3 && textContent?.trim(),
      );
      // A picture may be shrunk a little.
      const scale =
        element instanceof HTMLElement ? element.getBoundingClientRect().width / element.offsetWidth || 1 : 1;
      if (
        hasText &&
        Number.parseFloat(getComputedStyle(element).fontSize) * scale < 11 &&
        !element.matches('.explorer-chip')
      )
        found.push(element.textContent ?? '');
    }
    return found;
  });
  expect(small).toEqual([]);
}

interface AxeReport {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** axe finds nothing to complain of in the explorer. */
export async function expectAccessible(page: Page): Promise<void> {
  // Evaluated, because the page's policy lets no script in.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeReport>(`axe.run('.inheritance-panel')`);
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
}

/** Picks an entry of the Export menu and gives the file. */
export async function exported(page: Page, entry: string): Promise<{ name: string; content: Buffer }> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: entry, exact: true }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), content: Buffer.concat(chunks) };
}
