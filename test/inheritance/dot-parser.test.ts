import { type AttributeASTNode, parse } from '@ts-graphviz/ast';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Hierarchy } from '../../src/inheritance/graph/hierarchy.ts';
import { diagramOf } from '../../src/inheritance/render/diagram.ts';
import { printDot } from '../../src/inheritance/render/dot.ts';
import { isBlank, labelLine } from '../../src/inheritance/render/label.ts';
import { finish } from '../../src/inheritance/steps.ts';
import { runs } from '../support/runs.ts';
import { hostileNames } from './hostile-names.ts';
import { profile, profileType, version } from './profiles.ts';

/** A profile for each name, each inheriting from the one before, and of a type with the same name. */
function named(names: readonly string[]): Hierarchy {
  return new Hierarchy(
    names.map((name, i) =>
      profile(`p${i}`, {
        name,
        typeId: `t${i}`,
        currentVersion: version(`p${i}`, { inheritsFromIds: i === 0 ? ['gone " ]'] : [`p${i - 1}`] }),
      }),
    ),
    names.map((name, i) => profileType(`t${i}`, { name })),
  );
}

/** What a real parser makes of the text: labels by node, and edges. */
function read(text: string) {
  const graph = parse(text).children.find((part) => part.type === 'Graph');
  const parts = graph?.children ?? [];
  const labels = parts.flatMap((part) => {
    if (part.type !== 'Node') return [];
    const label = part.children.flatMap((each) => (each.type === 'Attribute' && keyOf(each) === 'label' ? [each] : []));
    return [
      [part.id.value, label.map(({ value }) => (typeof value === 'string' ? value : value.value)).join()] as const,
    ];
  });
  const edges = parts.flatMap((part) =>
    part.type === 'Edge' ? [part.targets.map((end) => ('id' in end ? end.id.value : '?')).join('>')] : [],
  );
  const kinds = [...new Set(parts.map(({ type }) => type))].sort();
  return { directed: graph?.directed, kinds, labels: new Map(labels), edges };
}

const keyOf = ({ key }: AttributeASTNode): string => (typeof key === 'string' ? key : key.value);

function checkText(names: readonly string[]): void {
  const hierarchy = named(names);
  const { directed, kinds, labels, edges } = read(finish(printDot(finish(diagramOf(hierarchy, names.keys())))));
  expect({ directed, kinds }).toEqual({ directed: true, kinds: ['Attribute', 'AttributeList', 'Edge', 'Node'] });
  expect([...labels.keys()]).toEqual([...names, 'the missing one'].map((_, i) => `n${i}`));
  // The parser leaves escapes as they are: Graphviz reads \\\\ and \\", \\n is its own line break, and entities come last.
  const shown = [...labels.values()].map((label) =>
    label.replace(/\\(.)/gsu, (_, code) => (code === 'n' ? '\n' : code)).replaceAll('&amp;', '&'),
  );
  const expected = names.map((name, i) =>
    isBlank(name) ? `p${i}\nRUNNING` : `${labelLine(name)}\n${labelLine(name)}, RUNNING`,
  );
  expect(shown).toEqual([...expected, 'gone " ]\nMISSING']);
  expect(edges).toEqual([...names.slice(1).map((_, i) => `n${i + 1}>n${i}`), `n0>n${names.length}`]);
}

describe('DOT text', () => {
  it('is what a parser of DOT takes, node for node and edge for edge', () => {
    checkText(hostileNames);
    expect(read(finish(printDot(finish(diagramOf(named(['Sales']), [0]))))).labels.get('n0')).toContain('Sales');
  });

  it('is so for any names', () => {
    const name = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...hostileNames));
    fc.assert(fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), checkText), { numRuns: runs(300) });
  });
});
