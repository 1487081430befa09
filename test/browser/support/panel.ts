import type { Page } from 'playwright-core';

/** What the canvas says it has drawn. */
export interface Drawn {
  readonly nodes: number;
  readonly edges: number;
}

/** Asks one of the ready questions and waits for its answer. */
export async function askQuestion(page: Page, title: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Show Questions' }).click();
  await page.getByRole('button', { name: title }).click();
  await page.locator('.result-window').getByText('"data"').first().waitFor();
}

/** Opens the panel and waits until something is drawn. */
export async function openPanel(page: Page): Promise<Drawn> {
  await page.getByRole('button', { name: 'Show Inheritance' }).click();
  await page.locator('.inheritance-canvas[data-nodes]').waitFor();
  return drawn(page);
}

export async function drawn(page: Page): Promise<Drawn> {
  const canvas = page.locator('.inheritance-canvas');
  const [nodes, edges] = await Promise.all([canvas.getAttribute('data-nodes'), canvas.getAttribute('data-edges')]);
  return { nodes: Number(nodes), edges: Number(edges) };
}

/** Chooses a profile the way a reader does who knows its name. */
export async function choose(page: Page, name: string): Promise<void> {
  const box = page.getByLabel('Find a profile by name');
  await box.fill(name);
  await box.press('Enter');
  await box.fill('');
}

/** Presses an export button and gives the file. */
export async function exported(page: Page, button: string): Promise<{ name: string; content: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return { name: download.suggestedFilename(), content: Buffer.concat(chunks) };
}
