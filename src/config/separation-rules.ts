import { readFileSync } from 'node:fs';
import { type Document, LineCounter, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import type { EntityRef, SeparationRule } from '../model/separation-rule.ts';
import { ConfigError } from './config-error.ts';

const variable = 'SEPARATION_RULES';
const text = (about: string) => z.string().min(1, 'must not be empty').meta({ description: about });

const entity = z.strictObject({
  datasourceId: text('Id of the lifecycle management data source that holds the entity.'),
  entityType: text('Type of the entity. Without it, entities of any type match.').optional(),
  entityId: text('Id of the entity within its data source.'),
});

const rule = z.strictObject({
  name: text('Name of the rule, unique in the file.'),
  description: text('Why nobody may hold these entitlements together.').optional(),
  enforce: z.boolean().default(false).meta({
    description: 'true refuses mutations that break the rule; false only reports it. Default: false.',
  }),
  groups: z
    .array(z.array(entity).min(1, 'must name at least one entity'))
    .min(2, 'must hold at least two groups')
    .meta({ description: 'Groups of entities. Nobody may hold an entitlement of each group at once.' }),
});

const file = z.strictObject({ rules: z.array(rule) }).meta({
  title: 'Rules of separation of duties',
  description: 'The file that SEPARATION_RULES of access-profile-gateway names, in JSON or YAML.',
});

/** The JSON Schema of the file (draft 2020-12), for editors. */
export function separationRulesSchema(): unknown {
  return z.toJSONSchema(file, { io: 'input' });
}

/**
 * Reads rules of separation of duties from a file in YAML, of which JSON is a part. Throws ConfigError that names the line and
 * the path of what can't be used.
 */
export function readSeparationRules(path: string): readonly SeparationRule[] {
  let content: string;
  try {
    content = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(variable, `${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false });
  const [broken = brokenAlias(document)] = document.errors;
  if (broken) throw new ConfigError(variable, `${path}:${lines.linePos(broken.pos[0] ?? 0).line}: ${broken.message}`);
  const parsed = file.safeParse(document.toJS({ maxAliasCount: -1 }), { error: wordsOf });
  const problem = parsed.success ? problemOf(parsed.data.rules) : mistakeIn(parsed.error);
  if (problem !== undefined) {
    const where = problem.path.map((key) => (typeof key === 'symbol' ? key.toString() : key));
    const line = lineOf(document, lines, where);
    throw new ConfigError(variable, `${path}:${line}: ${where.join('.') || 'the file'} ${problem.message}.`);
  }
  return (parsed.data?.rules ?? []).map(({ description = null, groups, ...named }) => ({
    ...named,
    description,
    groups: groups.map((group) => group.map((ref): EntityRef => ({ ...ref, entityType: ref.entityType ?? null }))),
  }));
}

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Checks rules that a schema can't express: names are unique, and nobody breaks a rule by one entity. */
function problemOf(rules: readonly z.output<typeof rule>[]): Problem | undefined {
  const names = new Set<string>();
  for (const [i, { name, groups }] of rules.entries()) {
    if (names.has(name)) return { path: ['rules', i, 'name'], message: `"${name}" is the name of another rule` };
    names.add(name);
    const seen: { readonly ref: z.output<typeof entity>; readonly group: number }[] = [];
    for (const [group, refs] of groups.entries()) {
      for (const [j, ref] of refs.entries()) {
        const other = seen.find((each) => each.group !== group && mayBeSame(each.ref, ref));
        const message = `is in group ${other?.group} too: one entity alone would break the rule`;
        if (other !== undefined) return { path: ['rules', i, 'groups', group, j], message };
        seen.push({ ref, group });
      }
    }
  }
  return undefined;
}

function mayBeSame(a: z.output<typeof entity>, b: z.output<typeof entity>): boolean {
  const isType = a.entityType === undefined || b.entityType === undefined || a.entityType === b.entityType;
  return isType && a.datasourceId === b.datasourceId && a.entityId === b.entityId;
}

/** An alias without an anchor, which the parser does not report. */
function brokenAlias(document: Document): { readonly pos: readonly number[]; readonly message: string } | undefined {
  let broken: ReturnType<typeof brokenAlias>;
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return;
      broken = { pos: alias.range ?? [0], message: `*${alias.source} names no anchor before it.` };
      return visit.BREAK;
    },
  });
  return broken;
}

const wordsOf: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'unrecognized_keys') return 'is not a known field';
  if (issue.code !== 'invalid_type') return undefined;
  return issue.input === undefined
    ? 'is missing'
    : `must be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
};

/** The first mistake; that of an unknown field at the field itself. */
function mistakeIn({ issues: [issue] }: z.ZodError): Problem | undefined {
  return issue?.code === 'unrecognized_keys' ? { ...issue, path: [...issue.path, ...issue.keys.slice(0, 1)] } : issue;
}

/** The line of a value, or of the nearest one around it. */
function lineOf(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  path: readonly (string | number)[],
): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      return lines.linePos(Number(node.range[0])).line;
    }
  }
  return 1;
}
