import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Hierarchy } from '../../src/inheritance/graph/hierarchy.ts';
import { type Diagram, diagramOf } from '../../src/inheritance/render/diagram.ts';
import { printDot } from '../../src/inheritance/render/dot.ts';
import { printMermaid } from '../../src/inheritance/render/mermaid.ts';
import { finish } from '../../src/inheritance/steps.ts';
import { runs } from '../support/runs.ts';
import { hierarchyOf, profile, profileType, version } from './profiles.ts';

const node = (name: string, typeName: string | null = 'Role') => ({ name, typeName, state: 'RUNNING' as const });
const one = (name: string, typeName?: string): Diagram => ({ nodes: [node(name, typeName)], edges: [] });

/** Names that end strings, statements, comments, markup or directives somewhere. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '\\',
        '\\"',
        '`',
        '<',
        '>',
        '<script>alert(1)</script>',
        '<br/>',
        '&lt;',
        '&',
        '%%',
        '%%{init: {}}%%',
        '#quot;',
        '#',
        ';',
        '\n',
        '\r',
        '\u2028',
        '\u2029',
        '\u0085',
        '\0',
        '\u202e',
        '--- ',
        '-->',
        '->',
        'end',
        'click n0 ',
        'style n0 ',
        'classDef ',
        ':::',
        ': ',
        '[',
        ']',
        '{',
        '}',
        '(',
        ')',
        '|',
        '\\N',
        '\\n',
        '$$',
        '- ',
        '1. ',
        '1) ',
        '*',
        '_',
        '~',
        '😀',
        '\ud83d',
        '\ude00',
        'ﬂ°°34¶ß',
        'fa:fa-car',
        'www.example.com',
        'x',
        ' ',
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);

/** Strict line grammars of what the printers may print; anything a name adds breaks one. */
const mermaidLine =
  /^(flowchart BT| {2}n\d+\["(?:[\p{L}\p{M}\p{N} ,-]|#\d+;)*<br\/>(?:[\p{L}\p{M}\p{N} ,-]|#\d+;)+"\]:::c\d+| {2}n\d+ --> n\d+| {2}classDef c\d+ fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#[0-9a-f]{6}(,stroke-dasharray:4)?| {2}%% \d+ edges: [^%]*)$/u;
const dotText = String.raw`"(?:[^"\\\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029]|\\["\\n])*"`;
const dotLine = new RegExp(
  String.raw`^(digraph inheritance \{| {2}rankdir=BT;| {2}node \[shape=box, fontname="Helvetica", style="rounded,filled"\];| {2}n\d+ \[label=${dotText}(, (fillcolor|color|fontcolor)="#[0-9a-f]{6}"){3}(, style="rounded,filled,dashed")?\];| {2}n\d+ -> n\d+;|\})$`,
  'u',
);

function lines(text: string): string[] {
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split(/\r\n|[\n\r\u2028\u2029]/u);
}

/** The label lines that Mermaid shows: entity codes read back. */
function mermaidLabel(text: string): string[] {
  const label = /\["(.*)"\]/u.exec(text)?.[1] ?? '';
  return label
    .split('<br/>')
    .map((line) => line.replace(/#(\d+);/gu, (_, code) => String.fromCodePoint(Number(code))).replaceAll('\u2060', ''));
}

/** The label lines that Graphviz shows: string escapes, then entities read back. */
function dotLabel(text: string): string[] {
  const label = /label="((?:[^"\\]|\\.)*)"/u.exec(text)?.[1] ?? '';
  const quoted = label.replaceAll('\\"', '"');
  const shown = quoted.replace(/\\(.)/gu, (_, code) => (code === 'n' ? '\u0000' : code));
  return shown.replaceAll('&amp;', '&').split('\u0000');
}

describe('diagramOf', () => {
  it('keeps the order of the nodes, the edges between them, and the missing parents they name', () => {
    const hierarchy = hierarchyOf(['a>b gone', 'b>c', 'c>other', 'd>d gone']);
    expect(finish(diagramOf(hierarchy, [3, 1, 0, 3]))).toEqual({
      nodes: [
        { name: 'D', typeName: null, state: 'RUNNING' },
        { name: 'B', typeName: null, state: 'RUNNING' },
        { name: 'A', typeName: null, state: 'RUNNING' },
        { name: 'gone', typeName: null, state: 'MISSING' },
      ],
      edges: [
        { child: 0, parent: 0 },
        { child: 2, parent: 1 },
        { child: 2, parent: 3 },
        { child: 0, parent: 3 },
      ],
    });
  });

  it('names type and state', () => {
    const hierarchy = new Hierarchy(
      [
        profile('a', { typeId: 't', state: 'PAUSED', name: '' }),
        profile('b', { typeId: 'unknown', currentVersion: version('b') }),
      ],
      [profileType('t', { name: 'Business Role' })],
    );
    expect(finish(diagramOf(hierarchy, [0, 1])).nodes).toEqual([
      { name: 'a', typeName: 'Business Role', state: 'PAUSED' },
      { name: 'B', typeName: null, state: 'RUNNING' },
    ]);
  });
});

const example: Diagram = {
  nodes: [
    { name: 'Ward nurse', typeName: 'Business Role', state: 'RUNNING' },
    { name: 'Staff "all" <b>', typeName: 'Profile', state: 'PAUSED' },
    { name: '3a23-gone', typeName: null, state: 'MISSING' },
  ],
  edges: [
    { child: 0, parent: 1 },
    { child: 1, parent: 2 },
  ],
};

describe('printMermaid', () => {
  it('draws child to parent, type as colour, state as outline', () => {
    expect(finish(printMermaid(example))).toBe(
      `flowchart BT
  n0["Ward nurse<br/>Business Role, RUNNING"]:::c0
  n1["Staff #34;all#34; #60;b#62;<br/>Profile, PAUSED"]:::c1
  n2["3a23-gone<br/>MISSING"]:::c2
  n0 --> n1
  n1 --> n2
  classDef c0 fill:#dbeafe,stroke:#1d4ed8,color:#0f172a
  classDef c1 fill:#dcfce7,stroke:#15803d,color:#0f172a,stroke-dasharray:4
  classDef c2 fill:#ffffff,stroke:#64748b,color:#0f172a,stroke-dasharray:4
`,
    );
  });

  it('lets no name out of its label, and shows it', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, typeName) => {
        const text = finish(printMermaid(one(name, typeName)));
        for (const line of lines(text)) expect(line).toMatch(mermaidLine);
        expect(lines(text)).toHaveLength(3);
        expect(mermaidLabel(text)).toEqual(dotLabel(finish(printDot(one(name, typeName)))));
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('warns in a comment above 500 edges, which Mermaid refuses by default', () => {
    const edges = Array.from({ length: 501 }, () => ({ child: 0, parent: 0 }));
    expect(finish(printMermaid({ nodes: [node('a')], edges }))).toContain('%% 501 edges');
    expect(finish(printMermaid({ nodes: [node('a')], edges: edges.slice(1) }))).not.toContain('%%');
  });
});

describe('printDot', () => {
  it('draws child to parent, type as colour, state as outline', () => {
    expect(finish(printDot(example))).toBe(
      `digraph inheritance {
  rankdir=BT;
  node [shape=box, fontname="Helvetica", style="rounded,filled"];
  n0 [label="Ward nurse\\nBusiness Role, RUNNING", fillcolor="#dbeafe", color="#1d4ed8", fontcolor="#0f172a"];
  n1 [label="Staff \\"all\\" <b>\\nProfile, PAUSED", fillcolor="#dcfce7", color="#15803d", fontcolor="#0f172a", style="rounded,filled,dashed"];
  n2 [label="3a23-gone\\nMISSING", fillcolor="#ffffff", color="#64748b", fontcolor="#0f172a", style="rounded,filled,dashed"];
  n0 -> n1;
  n1 -> n2;
}
`,
    );
  });

  it('lets no name out of its string, and shows it', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, typeName) => {
        const text = finish(printDot(one(name, typeName)));
        for (const line of lines(text)) expect(line).toMatch(dotLine);
        expect(lines(text)).toHaveLength(5);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('shows backslashes and entities as they are', () => {
    expect(finish(printDot(one('a\\N\\"&lt;')))).toContain('label="a\\\\N\\\\\\"&amp;lt;\\n');
    expect(dotLabel(finish(printDot(one('a\\N\\"&lt;'))))[0]).toBe('a\\N\\"&lt;');
  });
});

describe('labels', () => {
  it('are one line of at most 60 characters, cut between characters', () => {
    const shown = (name: string) => dotLabel(finish(printDot(one(name))))[0];
    expect(shown('😀'.repeat(61))).toBe(`${'😀'.repeat(59)}…`);
    expect(shown('😀'.repeat(60))).toBe('😀'.repeat(60));
    expect(shown(' a\r\n\tb\u2028c\u0085d\ufeff ')).toBe('a b c d');
    expect(shown('a\u0000\u202eb\ud83d')).toBe('ab\ufffd');
    expect(shown('a \u200b b\u00adc')).toBe('a bc');
  });

  it('keep what scripts and emoji need to be joined, and marks of direction', () => {
    const shown = (name: string) => dotLabel(finish(printDot(one(name))))[0];
    for (const name of ['می‌خواهم', 'क्‍ष', '👨‍👩‍👧‍👦', '👩🏽‍⚕️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '\u200fא\u200e', '\u0600\u0661']) {
      expect(shown(name)).toBe(name);
      expect(mermaidLabel(finish(printMermaid(one(name))))[0]).toBe(name);
    }
  });

  it('are cut between visible characters, however many code points those have', () => {
    const shown = (name: string) => dotLabel(finish(printDot(one(name))))[0];
    expect(shown('e\u0301'.repeat(61))).toBe(`${'e\u0301'.repeat(59)}…`);
    expect(shown('e\u0301'.repeat(60))).toBe('e\u0301'.repeat(60));
    // 11 units each: 21 of them are the last below 240.
    expect(shown('👨‍👩‍👧‍👦'.repeat(40))).toBe(`${'👨‍👩‍👧‍👦'.repeat(21)}…`);
    expect(shown(`z${'\u0301'.repeat(1000)}`)).toBe(`z${'\u0301'.repeat(59)}…`);
  });

  it.each([
    '',
    ' ',
    '\t\n',
    '\u200b',
    '\u200d\u200c',
    '\u3164',
    '\u2800',
    '\u115f',
    '\u00ad',
    '\u0000',
    '\u202e',
    '\ufeff',
  ])('are the id where the name is %j, which nobody can read', (name) => {
    const typed = new Hierarchy([profile('the-id', { name, typeId: 't' })], [profileType('t', { name })]);
    const diagram = finish(diagramOf(typed, [0]));
    expect(dotLabel(finish(printDot(diagram)))).toEqual(['the-id', 'RUNNING']);
    expect(mermaidLabel(finish(printMermaid(diagram)))).toEqual(['the-id', 'RUNNING']);
  });

  it('are of one line where neither type nor state is known', () => {
    const diagram: Diagram = { nodes: [{ name: 'A', typeName: null, state: null }], edges: [] };
    expect([dotLabel(finish(printDot(diagram))), mermaidLabel(finish(printMermaid(diagram)))]).toEqual([['A'], ['A']]);
  });
});
