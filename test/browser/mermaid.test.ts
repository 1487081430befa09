import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hierarchy } from '../../src/inheritance/graph/hierarchy.ts';
import { diagramOf } from '../../src/inheritance/render/diagram.ts';
import { printMermaid } from '../../src/inheritance/render/mermaid.ts';
import { hostileNames } from '../inheritance/hostile-names.ts';
import { profile, profileType, version } from '../inheritance/profiles.ts';
import { startGateway } from '../support/gateway.ts';
import { isSkipped, launchChromium, skipNote } from './support/chromium.ts';

interface Drawing {
  readonly type: string;
  readonly labels: readonly string[];
  readonly edges: number;
  /** Elements that no name may bring in. */
  readonly foreign: readonly string[];
}

/** Parses and draws a text with Mermaid itself, with its weakest protection: nothing may depend on its sanitizer. */
function draw(page: Page, text: string): Promise<Drawing> {
  return page.evaluate(async (source) => {
    const { mermaid } = globalThis as unknown as { mermaid: MermaidApi };
    mermaid.initialize({ startOnLoad: false, securityLevel: 'loose' });
    const { diagramType } = await mermaid.parse(source);
    const { svg } = await mermaid.render('drawing', source);
    document.body.innerHTML = svg;
    return {
      type: diagramType,
      labels: [...document.querySelectorAll('.node')].map((node) => node.textContent?.trim() ?? ''),
      edges: document.querySelectorAll('path.flowchart-link').length,
      foreign: [
        ...document.body.querySelectorAll('script, img, a, iframe, .cluster, [onerror], strong, em, code, li'),
      ].map(({ outerHTML }) => outerHTML),
    };
  }, text);
}

interface MermaidApi {
  initialize(config: object): void;
  parse(text: string): Promise<{ diagramType: string }>;
  render(id: string, text: string): Promise<{ svg: string }>;
}

/** What a label shows: characters that no eye sees, and runs of white space, are not compared. */
const seen = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\p{C}\ufffd…]/gu, '')
    .trim();

describe.skipIf(isSkipped)(`Mermaid in a browser${skipNote}`, () => {
  let browser: Browser;
  let page: Page;
  const dialogs: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.setContent('<!doctype html><title>drawing</title>');
    const require = createRequire(import.meta.url);
    await page.addScriptTag({ path: require.resolve('mermaid/dist/mermaid.min.js') });
  });

  afterAll(async () => {
    await browser?.close();
  });

  it('draws the whole company', async () => {
    await using gateway = await startGateway();
    const { data } = await gateway.ask<{ inheritanceGraph: { mermaid: string; edges: object[] } }, never>(
      '{ inheritanceGraph { mermaid edges { child { id } } } }',
    );
    const { type, labels, edges, foreign } = await draw(page, data?.inheritanceGraph.mermaid ?? '');
    expect({ type, edges, foreign }).toEqual({
      type: 'flowchart-v2',
      edges: data?.inheritanceGraph.edges.length,
      foreign: [],
    });
    expect(labels).toHaveLength(65);
    // Two lines, without the break between them.
    expect(labels[2]).toBe('All EmployeesBusiness Role, RUNNING');
  });

  it('shows hostile names as they are, and does nothing they say', async () => {
    const hierarchy = new Hierarchy(
      hostileNames.map((name, i) =>
        profile(`p${i}`, {
          name,
          typeId: `t${i}`,
          currentVersion: version(`p${i}`, { inheritsFromIds: [`p${i + 1}`] }),
        }),
      ),
      hostileNames.map((name, i) => profileType(`t${i}`, { name })),
    );
    const text = printMermaid(diagramOf(hierarchy, hostileNames.keys()));
    const { type, labels, edges, foreign } = await draw(page, text);
    expect({ type, edges, foreign }).toEqual({ type: 'flowchart-v2', edges: hostileNames.length, foreign: [] });
    expect(dialogs).toEqual([]);
    hostileNames.forEach((name, i) => {
      const shown = seen(name).slice(0, 50).trim() || `p${i}`;
      expect(seen(labels[i] ?? '')).toContain(shown);
    });
  });
});
