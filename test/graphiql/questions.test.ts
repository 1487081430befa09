import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { whyNotAnswerable } from '../../src/graphiql/question/question.ts';
import { questions } from '../../src/graphiql/question/questions.ts';
import { placeholders, readSample, withProfile } from '../../src/graphiql/question/sample.ts';

describe('the questions', () => {
  it.each(Object.values(questions).flat())(
    '$title: one named operation, all its variables filled',
    ({ query, variables }) => {
      const { definitions } = parse(query);
      expect(definitions).toHaveLength(1);
      const [operation] = definitions;
      if (operation?.kind !== 'OperationDefinition') throw new Error('not an operation');
      expect(operation.name?.value).toMatch(/^\w+$/);
      const required = operation.variableDefinitions?.filter(({ type }) => type.kind === 'NonNullType') ?? [];
      const filled = Object.keys(variables?.(placeholders) ?? {});
      expect(filled).toEqual(expect.arrayContaining(required.map(({ variable }) => variable.name.value)));
    },
  );

  it('are offered only where the schema can answer them', () => {
    const schema = buildSchema(
      'type Query { accessProfileTypes(first: Int): Types } type Types { nodes: [T] } type T { id: ID }',
    );
    expect(whyNotAnswerable(schema, '{ accessProfileTypes { nodes { id } } }')).toBeUndefined();
    expect(whyNotAnswerable(schema, '{ inheritanceFindings { kind } }')).toContain('inheritanceFindings');
  });
});

describe('readSample', () => {
  it('prefers a profile that inherits from another, and a label and integration that occur together', () => {
    const nodes = [
      { id: '1', name: 'One', labels: ['a'], integrations: ['OKTA'], inheritsFrom: [] },
      { id: '2', name: 'Two', labels: [], integrations: ['AWS'], inheritsFrom: [{ id: '1' }] },
    ];
    expect(readSample({ accessProfiles: { nodes } })).toMatchObject({
      profileId: '2',
      profileName: 'Two',
      parentId: '1',
      label: 'a',
      integration: 'OKTA',
    });
  });

  it('falls back to placeholders', () => {
    expect(readSample(null)).toBe(placeholders);
    expect(readSample({ accessProfiles: { nodes: [] } })).toBe(placeholders);
    expect(withProfile(placeholders, { accessProfile: null }, true)).toBe(placeholders);
  });

  it('takes an inherited grant where the profile has none of its own', () => {
    const grant = { entityType: 'Role', datasourceId: 'd', entityId: 'e' };
    const accessProfile = { id: '1', entitlements: [], inheritsFrom: [{ entitlements: [grant] }] };
    expect(withProfile(placeholders, { accessProfile }, false)).toEqual({ ...placeholders, entity: grant });
  });
});
