import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The part of a CycloneDX component that is read here. */
export interface Component {
  readonly name: string;
  readonly version: string;
  readonly 'bom-ref': string;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
  readonly licenses?: readonly { readonly license?: { readonly id?: string }; readonly expression?: string }[];
}

export interface Bom {
  readonly specVersion: string;
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/**
 * A CycloneDX list of what the published package consists of, from the lockfile in a folder: the dependencies that are installed with it,
 * and the packages whose code is in the GraphiQL page, which dist/graphiql/licences.md lists. Tools that only build and test are left out.
 */
export function sbomOf(folder: string): Bom {
  const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const bom: Bom = JSON.parse(text);
  const inPage = packagesOfPage(readFileSync(join(folder, 'dist/graphiql/licences.md'), 'utf8'));
  const components = bom.components.flatMap((each) => {
    const isInPage = inPage.has(`${each.name} ${each.version}`);
    const isTool = each.properties.some(
      ({ name, value }) => name === 'cdx:npm:package:development' && value === 'true',
    );
    if (isTool && !isInPage) return [];
    // What is a tool for npm, since it is not installed with the package, is shipped inside it.
    return isTool
      ? [{ ...each, scope: 'required', properties: [{ name: 'bundled-into', value: 'dist/graphiql' }] }]
      : [each];
  });
  const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const refs = new Set([...components.map((each) => each['bom-ref']), ...rootRefs(bom)]);
  return {
    ...bom,
    // npm takes the name of the folder.
    metadata: { ...bom.metadata, component: { ...bom.metadata.component, name } },
    components,
    dependencies: bom.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map((each) => ({ ...each, dependsOn: (each.dependsOn ?? []).filter((ref) => refs.has(ref)) })),
  };
}

/** `name version` of each package in the list of licences. */
export function packagesOfPage(licences: string): ReadonlySet<string> {
  return new Set([...licences.matchAll(/^## (\S+ \d\S*) \(.*\)$/gm)].map(([, each = '']) => each));
}

/** The package itself, which is no component. */
function rootRefs({ components, dependencies }: Bom): readonly string[] {
  const known = new Set(components.map((each) => each['bom-ref']));
  return dependencies.map(({ ref }) => ref).filter((ref) => !known.has(ref));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${JSON.stringify(sbomOf(process.cwd()), null, 2)}\n`);
}
