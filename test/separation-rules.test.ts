import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadConfig } from '../src/config.ts';

const path = join(mkdtempSync(join(tmpdir(), 'rules-')), 'rules.yaml');

function rulesOf(text: string) {
  writeFileSync(path, text);
  return loadConfig([], { SEPARATION_RULES: path }).separationRules;
}

const groups = `
    groups:
      - - { datasourceId: sap, entityId: PAY }
        - { datasourceId: sap, entityType: Role, entityId: PAY_ALL }
      - - { datasourceId: sap, entityId: APPROVE }
`;

it('reads rules in YAML and in JSON', () => {
  const ref = (entityId: string, entityType: string | null = null) => ({ datasourceId: 'sap', entityId, entityType });
  const rule = {
    name: 'Pay and approve',
    description: null,
    enforce: false,
    groups: [[ref('PAY'), ref('PAY_ALL', 'Role')], [ref('APPROVE')]],
  };
  expect(rulesOf(`rules:\n  - name: Pay and approve${groups}`)).toEqual([rule]);
  const json = { rules: [{ name: 'x', description: 'why', enforce: true, groups: [[], []].map(() => [ref('a')]) }] };
  json.rules[0]?.groups[1]?.splice(0, 1, ref('b'));
  const written = JSON.stringify(json, (_key, value: unknown) => value ?? undefined);
  expect(rulesOf(written)).toEqual(json.rules);
  expect(rulesOf('rules: []')).toEqual([]);
  expect(loadConfig([], {}).separationRules).toEqual([]);
});

it.each([
  ['rules: [', 1, 'Flow sequence'],
  ['rules:\n  - *other', 2, '*other names no anchor'],
  ['', 1, 'the file must be an object'],
  ['rules: []\nrule: []', 2, 'rule is not a known field.'],
  [`rules:\n  - nme: a${groups}`, 2, 'rules.0.name is missing'],
  [`rules:\n  - name: a${groups}  - name: a${groups}`, 7, 'rules.1.name "a" is the name of another rule'],
  ['rules:\n  - name: a\n    groups:\n      - []\n      - []', 4, 'rules.0.groups.0 must name at least one entity'],
  ['rules:\n  - name: a\n    groups: [[{ datasourceId: a, entityId: b }]]', 3, 'rules.0.groups must hold at least two'],
  [`rules:\n  - name: a${groups.replace('PAY }', '7 }')}`, 4, 'rules.0.groups.0.0.entityId must be a string'],
  [`rules:\n  - name: a${groups.replace('APPROVE', 'PAY_ALL')}`, 6, 'rules.0.groups.1.0 is in group 0 too'],
])('names the line and the path of a mistake: %j', (text, line, message) => {
  expect(() => rulesOf(text)).toThrow(`SEPARATION_RULES: ${path}:${line}: ${message}`);
});

it('says that a file can not be read', () => {
  expect(() => loadConfig([], { SEPARATION_RULES: '/nowhere/rules.yaml' })).toThrow(
    /^SEPARATION_RULES: \/nowhere\/rules.yaml cannot be read: ENOENT/,
  );
});
