import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSchema, parse, print, validate, visit } from 'graphql';
import { describe, expect, it } from 'vitest';

/* `npm run test:clients` runs the examples, which need packages of their own. This checks what can be checked without these. */

const root = resolve(import.meta.dirname, '..');
const schema = buildSchema(readFileSync(join(root, 'schema.graphql'), 'utf8'));
const clients = readdirSync(join(root, 'examples/clients'));
const guide = readFileSync(join(root, 'docs/guide.md'), 'utf8');

const sourcesOf = (folder: string) =>
  readdirSync(join(folder, 'src'))
    .filter((name) => name.endsWith('.ts') && name !== 'graphql-env.ts')
    .map((name) => readFileSync(join(folder, 'src', name), 'utf8'));

/** The texts of GraphQL in a program: what follows `graphql`, in any quotes. */
const documentsIn = (source: string) =>
  [...source.matchAll(/\bgraphql(?:`|\(\s*['`])([^'`]+)['`]/g)].map(([, text = '']) => parse(text));

describe.each([...clients.map((name) => `clients/${name}`), 'supergraph'])('the example %s', (name) => {
  const folder = join(root, 'examples', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

  it('is private, pins its packages, and names no registry in its lockfile', () => {
    expect(manifest).toMatchObject({ private: true, scripts: { start: expect.stringContaining('tsc && ') } });
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
    expect(existsSync(join(folder, '.npmrc'))).toBe(true);
    expect(readFileSync(join(folder, 'package-lock.json'), 'utf8')).not.toContain('"resolved": "http');
  });

  it('is named in the documentation', () => {
    const pages = name === 'supergraph' ? readFileSync(join(root, 'docs/federation.md'), 'utf8') : guide;
    expect(pages).toContain(`../examples/${name}`);
  });
});

describe.each(clients.filter((name) => name !== 'genql'))('the documents of the example %s', (name) => {
  it('are valid', () => {
    const definitions = sourcesOf(join(root, 'examples/clients', name))
      .flatMap(documentsIn)
      .flatMap((each) => each.definitions);
    expect(definitions.length).toBeGreaterThan(4);
    const text = definitions
      // Directives of a client are not the gateway's.
      .map((each) => print(visit(each, { Directive: () => null })))
      .join('\n');
    expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
  });
});
