import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sceneMermaid } from '../../src/graphiql/explorer/export/scene-files.ts';
import { tidy } from '../../src/graphiql/explorer/text/cut.ts';
import { Hierarchy } from '../../src/inheritance/graph/hierarchy.ts';
import { diagramOf } from '../../src/inheritance/render/diagram.ts';
import { isBlank, labelLine } from '../../src/inheritance/render/label.ts';
import { printMermaid } from '../../src/inheritance/render/mermaid.ts';
import { finish } from '../../src/inheritance/steps.ts';
import { rowScene } from '../graphiql/support.ts';
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

/** Parses and draws a text with Mermaid itself; `loose` is its weakest protection: nothing may depend on its sanitizer. */
function draw(page: Page, text: string, securityLevel: 'loose' | 'strict' = 'loose'): Promise<Drawing> {
  return page.evaluate(
    async ([source, level]) => {
      const { mermaid } = globalThis as unknown as { mermaid: MermaidApi };
      mermaid.initialize({ startOnLoad: false, securityLevel: level });
      const { diagramType } = await mermaid.parse(source);
      const { svg } = await mermaid.render('drawing', source);
      document.body.innerHTML = svg;
      return {
        type: diagramType,
        labels: [...document.querySelectorAll('.node')].map((each) => each.textContent?.trim() ?? ''),
        edges: document.querySelectorAll('path.flowchart-link').length,
        foreign: [
          ...document.body.querySelectorAll('script, img, a, iframe, .cluster, [onerror], strong, em, code, li'),
        ].map(({ outerHTML }) => outerHTML),
      };
    },
    [text, securityLevel] as const,
  );
}

interface MermaidApi {
  initialize(config: object): void;
  parse(text: string): Promise<{ diagramType: string }>;
  render(id: string, text: string): Promise<{ svg: string }>;
}

/** Words and marks that mean something to Mermaid, to Markdown or to HTML, and plain ones. */
const words = [
  'direction',
  'redirection',
  'TB',
  'LR',
  'RL',
  'TD',
  'BT',
  'end',
  'graph',
  'flowchart',
  'subgraph',
  'style',
  'linkStyle',
  'classDef',
  'class',
  'click',
  'call',
  'href',
  'default',
  'interpolate',
  '_self',
  '_blank',
  'accTitle',
  'accDescr',
  'title',
  'fa:fa-user',
  'fab:fa-x',
  'mdi:home',
  '%%',
  '%%{',
  '}%%',
  '---',
  '-->',
  '-.->',
  '==>',
  '~~~',
  ':::',
  '@{',
  '&',
  '#',
  ';',
  '#quot;',
  '#35;',
  '&lt;',
  '&#60;',
  '`',
  '**',
  '_',
  '~~',
  '$$',
  '\\n',
  '\\\\n',
  '\\',
  '/',
  '[',
  ']',
  '(',
  ')',
  '{',
  '}',
  '|',
  '<',
  '>',
  '<br/>',
  '"',
  "'",
  'ﬂ°',
  '¶ß',
  '1.',
  '-',
  '+',
  '*',
  '=',
  ':',
  '.',
  ',',
  'www.',
  'https://',
  'a@b.c',
  ' ',
  '  ',
  'é',
  '日本',
  'می‌خواهم',
  '👨‍👩‍👧‍👦',
  'v',
  'x',
  'o',
  '\u200f',
];
const name = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));

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

  /** Each profile inherits from the next one, the last from one that is missing. */
  function chainOf(names: readonly string[]): Hierarchy {
    return new Hierarchy(
      names.map((each, i) =>
        profile(`p${i}`, {
          name: each,
          typeId: `t${i}`,
          currentVersion: version(`p${i}`, { inheritsFromIds: [`p${i + 1}`] }),
        }),
      ),
      names.map((each, i) => profileType(`t${i}`, { name: each })),
    );
  }

  async function expectAsTheyAre(names: readonly string[], securityLevel: 'loose' | 'strict' = 'loose'): Promise<void> {
    const text = finish(printMermaid(finish(diagramOf(chainOf(names), names.keys()))));
    const { type, labels, edges, foreign } = await draw(page, text, securityLevel);
    expect({ type, edges, foreign }).toEqual({ type: 'flowchart-v2', edges: names.length, foreign: [] });
    expect(dialogs).toEqual([]);
    const expected = names.map((each, i) => {
      const [shown, details] = isBlank(each) ? [`p${i}`, 'RUNNING'] : [labelLine(each), `${labelLine(each)}, RUNNING`];
      return `${shown}${details}`;
    });
    // U+2060 keeps apart what Mermaid would join, and is not seen.
    expect(labels.map((label) => label.replaceAll('\u2060', ''))).toEqual([...expected, `p${names.length}MISSING`]);
  }

  it('shows hostile names as they are, and does nothing they say', () => expectAsTheyAre(hostileNames));

  it('shows any names as they are', async () => {
    await expectAsTheyAre(fc.sample(name, 150));
    await expectAsTheyAre([...hostileNames, ...fc.sample(name, 50)], 'strict');
  });

  it('shows the names of the panel as they are', async () => {
    const names = [
      ...hostileNames.filter((each) => !isBlank(each)),
      ...fc.sample(
        name.filter((each) => !isBlank(each)),
        50,
      ),
    ];
    const { labels, foreign } = await draw(page, sceneMermaid(rowScene(names)));
    expect(foreign).toEqual([]);
    // Both sorted, because a picture has its boxes by name.
    expect(labels.map((label) => label.replaceAll('\u2060', '')).sort()).toEqual(
      names.map((each) => labelLine(tidy(each))).sort(),
    );
  });
});
