import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { packageOwners, rules } from './architecture/rules.ts';
import { readSources, type Source, sourceOf } from './architecture/source.ts';

const sources = readSources(fileURLToPath(new URL('../src', import.meta.url)));

/** Files that break a rule, as short as they can be, and what the rule says of them. Each is planted among the real ones. */
const planted: Readonly<
  Record<keyof typeof rules, readonly (readonly [file: string, text: string, complaint: string])[]>
> = {
  'a folder imports only what is left of it on the ladder': [
    ['wire/a.ts', "import { plan } from '../filter/plan.ts';", 'wire/a.ts imports filter/plan.ts'],
    ['scim/a.ts', "import type { Page } from '../wire/envelope.ts';", 'scim/a.ts imports wire/envelope.ts'],
    ['inheritance/a.ts', "export * from '../scim/ast.ts';", 'inheritance/a.ts imports scim/ast.ts'],
    ['filter/a.ts', "await import('../upstream/client.ts');", 'filter/a.ts imports upstream/client.ts'],
    ['loaders/a.ts', "type A = import('../schema/index.ts').A;", 'loaders/a.ts imports schema/index.ts'],
    ['model/a.ts', "import '../config.ts';", 'model/a.ts imports config.ts'],
    ['errors.ts', "import './model/page.ts';", 'errors.ts imports model/page.ts'],
    ['sandbox/a.ts', "import '../wire/decode.ts';", 'sandbox/a.ts imports wire/decode.ts'],
    ['server/a.ts', "import '../sandbox/server.ts';", 'server/a.ts imports sandbox/server.ts'],
    [
      'graphiql/a.tsx',
      "import type { Profile } from '../model/profile.ts';",
      'graphiql/a.tsx imports model/profile.ts',
    ],
    ['graphiql/b.ts', "import { parse } from '../scim/parser.ts';", 'graphiql/b.ts imports scim/parser.ts'],
    ['graphiql/c.ts', "import '../errors.ts';", 'graphiql/c.ts imports errors.ts'],
    ['inheritance/b.ts', "import '../graphiql/json.ts';", 'inheritance/b.ts imports graphiql/json.ts'],
    ['schema/a.ts', "import '../graphiql/page-location.ts';", 'schema/a.ts imports graphiql/page-location.ts'],
    ['newcomer/a.ts', "import '../errors.ts';", 'newcomer/a.ts imports errors.ts'],
  ],
  'the server uses nothing of the page but its constants': [
    ['server/a.ts', "import '../graphiql/page.tsx';", 'server/a.ts imports graphiql/page.tsx'],
  ],
  'folders of schema/ use what stands directly in schema/, never each other': [
    ['schema/type/a.ts', "import '../profile/query.ts';", 'schema/type/a.ts imports schema/profile/query.ts'],
  ],
  'imports go nowhere in a circle': [
    ['model/page.ts', "import type { A } from './page.ts';", 'model/page.ts -> model/page.ts'],
    ['errors.ts', "import './model/node-id.ts';", 'errors.ts -> model/node-id.ts -> errors.ts'],
  ],
  'one package, one folder': [
    ['loaders/a.ts', "import { request } from 'undici';", 'loaders/a.ts imports undici'],
    ['schema/a.ts', "import DataLoader from 'dataloader';", 'schema/a.ts imports dataloader'],
    ['server/a.ts', "import type P from '@pothos/plugin-relay';", 'server/a.ts imports @pothos/plugin-relay'],
    ['schema/b.ts', "import type { Plugin } from 'graphql-yoga';", 'schema/b.ts imports graphql-yoga'],
    ['wire/a.ts', "import 'graphql/language/index.js';", 'wire/a.ts imports graphql/language/index.js'],
    ['model/a.ts', "import 'left-pad';", 'model/a.ts imports left-pad'],
  ],
  'the client of Redis is loaded by those who have one': [
    ['server/a.ts', "import { createClient } from '@redis/client';", 'server/a.ts loads @redis/client at the start'],
    ['server/b.ts', "import '@redis/client';", 'server/b.ts loads @redis/client at the start'],
  ],
  'only config.ts reads the environment': [
    ['cli/a.ts', "const home = process.env['HOME'];", 'cli/a.ts reads process.env'],
    ['cli/b.ts', "import { env } from 'node:process';", 'cli/b.ts reads process.env'],
    ['cli/c.ts', "const { HOME } = process['env'];", 'cli/c.ts reads process.env'],
  ],
  'only wire, sandbox, filters and rules know the names that the API gives its fields': [
    ['loaders/a.ts', 'export const a = (p: P) => p.current_version;', 'loaders/a.ts: current_version'],
    [
      'schema/a.ts',
      "const key = 'inherit_entities_from_access_profiles';",
      'schema/a.ts: inherit_entities_from_access_profiles',
    ],
    ['model/a.ts', 'const a = { draft_version_number: 1 };', 'model/a.ts: draft_version_number'],
  ],
  'the text of a filter comes from the printer': [
    ['loaders/a.ts', 'const filter = `id eq "$' + '{id}"`;', 'loaders/a.ts: "id eq \\"…\\""'],
    ['schema/a.ts', 'const filter = `id eq $' + '{text(id)}`;', 'schema/a.ts: "id eq …"'],
    ['filter/a.ts', `const filter = 'name sw "' + name + '"';`, 'filter/a.ts: "name sw \\""'],
  ],
  'no barrels but those of schema and loaders': [
    ['model/index.ts', 'export const a = 1;', 'model/index.ts is a barrel'],
    ['scim/all.ts', "export * from './ast.ts';", 'scim/all.ts is a barrel'],
  ],
  'modules keep nothing from one request to the next': [
    ['wire/a.ts', 'let calls = 0;', 'wire/a.ts keeps state'],
    ['schema/a.ts', 'const known = new Map<string, Profile>();', 'schema/a.ts keeps state'],
    ['server/a.ts', 'export const seen: string[] = [];', 'server/a.ts keeps state'],
    ['loaders/a.ts', 'class Pages {\n  static readonly #known = new Set();\n}', 'loaders/a.ts keeps state'],
  ],
  'files stay short': [['scim/long.ts', 'f();\n'.repeat(500), 'scim/long.ts has 500 lines']],
  'every import has a name and leads somewhere': [
    ['cli/a.ts', 'await import(process.argv[2] ?? "");', 'cli/a.ts imports ?'],
    ['cli/b.ts', "import './gone.ts';", 'cli/b.ts imports cli/gone.ts'],
  ],
};

describe('the source tree', () => {
  for (const [name, rule] of Object.entries(rules)) {
    it(name, () => expect(rule(sources)).toEqual([]));
  }

  it('knows an owner for every dependency, and no others', () => {
    const manifest: { dependencies: object } = JSON.parse(
      readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
    );
    expect(Object.keys(packageOwners).sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });

  it('holds every folder of the ladder, so that no rule passes for want of files', () => {
    const folders = new Set(sources.map(({ file }) => file.split('/')[0]));
    for (const folder of [
      'model',
      'scim',
      'inheritance',
      'wire',
      'upstream',
      'filter',
      'loaders',
      'schema',
      'server',
      'cli',
    ]) {
      expect(folders).toContain(folder);
    }
  });
});

describe.each(Object.entries(planted))('%s: a violation', (name, violations) => {
  it.each(violations)('in %s is found: %s', (file, text, complaint) => {
    const rule = Object.entries(rules).find(([each]) => each === name)?.[1];
    const others: readonly Source[] = sources.filter((source) => source.file !== file);
    expect(rule?.([...others, sourceOf(file, text)])).toContain(complaint);
  });
});
