import { describe, expect, it } from 'vitest';
import { findConnection } from '../../src/graphiql/inheritance/graph/connection.ts';
import { findCycles } from '../../src/graphiql/inheritance/graph/cycles.ts';
import { printGraph } from '../../src/graphiql/inheritance/graph/mermaid.ts';
import { narrowGraph } from '../../src/graphiql/inheritance/graph/narrow.ts';
import { diamond, edge, graphOf, node } from './support.ts';

describe('findConnection', () => {
  it('goes up from child to ancestor, and down from ancestor to child', () => {
    const up = findConnection('lead', 'base', diamond);
    expect(up).toMatchObject({ kind: 'up', nodes: ['lead', 'eng', 'base'] });
    expect([...(up?.edges ?? [])]).toEqual(['["lead","eng"]', '["eng","base"]']);
    expect(findConnection('base', 'lead', diamond)).toMatchObject({ kind: 'down', nodes: ['base', 'eng', 'lead'] });
  });

  it('falls back to what both inherit from, then to what inherits from both', () => {
    expect(findConnection('eng', 'ana', diamond)).toMatchObject({
      kind: 'common',
      through: 'base',
      nodes: ['eng', 'base', 'ana'],
    });
    const below = findConnection('eng', 'ana', diamond.slice(0, 2));
    expect(below).toMatchObject({ kind: 'below', through: 'lead', nodes: ['eng', 'lead', 'ana'] });
    expect([...(below?.edges ?? [])]).toEqual(['["lead","eng"]', '["lead","ana"]']);
  });

  it('finds nothing between strangers, and ends on a cycle', () => {
    expect(findConnection('lead', 'guest', diamond)).toBeUndefined();
    expect(findConnection('a', 'z', [edge('a', 'b'), edge('b', 'a')])).toBeUndefined();
  });
});

describe('findCycles', () => {
  it('finds none in a diamond', () => {
    expect(findCycles(diamond).nodes.size).toBe(0);
  });

  it('tells what is on a cycle from what leads to one', () => {
    const cycles = findCycles([
      edge('x', 'a'),
      edge('a', 'b'),
      edge('b', 'c'),
      edge('c', 'a'),
      edge('c', 'y'),
      edge('s', 's'),
    ]);
    expect([...cycles.nodes].sort()).toEqual(['a', 'b', 'c', 's']);
    expect(cycles.edges.has('["x","a"]')).toBe(false);
    expect(cycles.edges.has('["c","y"]')).toBe(false);
    expect(cycles.edges.size).toBe(4);
  });

  it('does not run out of stack on a chain of 50,000', () => {
    const chain = Array.from({ length: 50_000 }, (_item, index) => edge(`n${index}`, `n${index + 1}`));
    expect(findCycles(chain).nodes.size).toBe(0);
    expect(findCycles([...chain, edge('n50000', 'n0')]).nodes.size).toBe(50_001);
  });
});

describe('narrowGraph', () => {
  const graph = graphOf(
    [node('base', { type: 'T' }), node('eng'), node('ana', { type: 'T' }), node('lead'), node('guest')],
    diamond,
  );

  it('keeps a profile with all above and below it', () => {
    const narrowed = narrowGraph(graph, { kind: 'around', key: 'eng' });
    expect(narrowed.nodes.map(({ key }) => key)).toEqual(['base', 'eng', 'lead']);
    expect(narrowed.edges.map(({ child, parent }) => [child, parent])).toEqual([
      ['lead', 'eng'],
      ['eng', 'base'],
    ]);
  });

  it('keeps one type, and the edges within it', () => {
    const narrowed = narrowGraph(graph, { kind: 'type', type: 'T' });
    expect(narrowed.nodes.map(({ key }) => key)).toEqual(['base', 'ana']);
    expect(narrowed.edges).toHaveLength(1);
  });
});

describe('printGraph', () => {
  it('prints parents above, with type and state where they are known; cycles and missing profiles marked', () => {
    const graph = graphOf(
      [
        node('a', { type: 'Business Role', state: 'RUNNING' }),
        node('b'),
        node('c', { name: undefined, isMissing: true }),
        node('d', { name: '\u200b', state: 'PAUSED' }),
      ],
      [edge('a', 'b'), edge('b', 'a'), edge('a', 'c', 'indirect')],
    );
    expect(printGraph(graph).split('\n')).toEqual([
      'flowchart BT',
      '  n0["a<br/>Business Role, RUNNING"]:::c0',
      '  n1["b"]:::c1',
      '  n2["c<br/>MISSING"]:::c2',
      '  n3["d<br/>PAUSED"]:::c2',
      '  n0 --> n1',
      '  n1 --> n0',
      '  n0 -.-> n2',
      '  classDef c0 fill:#dbeafe,stroke:#d1242f,stroke-width:3px,color:#0f172a',
      '  classDef c1 fill:#ffffff,stroke:#d1242f,stroke-width:3px,color:#0f172a',
      '  classDef c2 fill:#ffffff,stroke:#64748b,color:#0f172a,stroke-dasharray:4',
      '',
    ]);
  });

  it('lets no name out of its label', () => {
    const name = '"] --> x["<img src=x onerror=alert(1)>`;#\n';
    expect(printGraph(graphOf([node('a', { name })], [])).split('\n')[1]).toBe(
      '  n0["#34;#93; --#62; x#91;#34;#60;img src#61;x onerror#61;alert#40;1#41;#62;#96;#59;#35;"]:::c0',
    );
  });
});
