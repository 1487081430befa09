import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type DocumentNode, type GraphQLSchema, parse, validate } from 'graphql';
import { parseSync } from 'oxc-parser';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Every text in the tests and the docs that is a valid document of the schema. */
export function writtenDocuments(schema: GraphQLSchema): ReadonlyMap<string, DocumentNode> {
  const texts = new Set(filesIn(`${root}test`).flatMap((file) => textsOf(file, readFileSync(file, 'utf8'))));
  for (const page of ['README.md', 'docs/guide.md', 'docs/operations.md']) {
    for (const [, block = ''] of readFileSync(`${root}${page}`, 'utf8').matchAll(/```graphql\n(.*?)```/gs))
      texts.add(block);
  }
  const documents = new Map<string, DocumentNode>();
  for (const text of texts) {
    const document = documentOf(text);
    if (document !== null && validate(schema, document).length === 0) documents.set(text, document);
  }
  return documents;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /^(?:node_modules|dist|peers)$/.test(entry.name) ? [] : filesIn(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** Strings, templates, and the parts of templates with holes. */
function textsOf(file: string, source: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && node.type === 'Literal' && 'value' in node && typeof node.value === 'string') {
      texts.push(node.value);
    }
    if ('type' in node && node.type === 'TemplateElement' && 'value' in node) {
      const { value } = node;
      // What stands around a hole is rarely a document, and as good a one where it is.
      if (typeof value === 'object' && value !== null && 'cooked' in value) texts.push(String(value.cooked));
    }
    for (const each of Object.values(node)) visit(each);
  };
  visit(parseSync(file, source).program);
  return texts;
}

function documentOf(text: string): DocumentNode | null {
  if (!/^\s*(?:\{|query|mutation|fragment|#)/.test(text)) return null;
  try {
    return parse(text);
  } catch {
    return null;
  }
}
