import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RuleSubject, typeRuleViolations } from '../../src/inheritance/analysis/type-rules.ts';
import type { ProfileType } from '../../src/model/profile-type.ts';
import { entitlement } from './arbitrary-graph.ts';
import { profile, profileType } from './profiles.ts';

const plain: RuleSubject = {
  typeId: 't',
  entitlements: [],
  parentCount: 0,
  parents: [],
  integrations: [],
  effectiveCount: 0,
  accessRequestPolicyIds: [null],
};
const two = [entitlement('x'), entitlement('y', { datasourceId: 'ds2' })];

function rules(subject: Partial<RuleSubject>, type: Partial<ProfileType>): string[] {
  return typeRuleViolations({ ...plain, ...subject }, profileType('t', type)).map(({ rule }) => rule);
}

describe('typeRuleViolations', () => {
  it('finds nothing wrong where everything is allowed', () => {
    expect(rules({ entitlements: two, parentCount: 2, parents: [profile('p', { typeId: 'other' })] }, {})).toEqual([]);
    expect(rules({}, { allowInheritEntities: false, allowCreateRelationships: false, noEntitlements: true })).toEqual(
      [],
    );
  });

  it('allow_inherit_entities: no parents at all, missing ones included', () => {
    expect(rules({ parentCount: 1 }, { allowInheritEntities: false })).toEqual(['allow_inherit_entities']);
    const named = { parentCount: 1, parents: [profile('p', { typeId: 'other' })] };
    expect(rules(named, { allowInheritEntities: false, allowInheritedFromTypeIds: ['t'] })).toEqual([
      'allow_inherit_entities',
    ]);
  });

  it('allow_inherited_from_types: parents of a known type that is not on the list', () => {
    const from = (typeId: string | null) => ({ parentCount: 1, parents: [profile('p', { typeId })] });
    expect(rules(from('other'), { allowInheritedFromTypeIds: ['t'] })).toEqual(['allow_inherited_from_types']);
    expect(rules(from('t'), { allowInheritedFromTypeIds: ['t', 'u'] })).toEqual([]);
    expect(rules(from(null), { allowInheritedFromTypeIds: ['t'] })).toEqual([]);
    expect(rules(from('other'), { allowInheritedFromTypeIds: [] })).toEqual([]);
  });

  it('allow_create_relationships: no direct grants', () => {
    expect(rules({ entitlements: two }, { allowCreateRelationships: false })).toEqual(['allow_create_relationships']);
  });

  it('require_single_datasource and require_single_integration: at most one', () => {
    expect(rules({ entitlements: two }, { requireSingleDatasource: true })).toEqual(['require_single_datasource']);
    expect(rules({ entitlements: two.slice(1) }, { requireSingleDatasource: true })).toEqual([]);
    expect(rules({ integrations: ['AWS', 'OKTA'] }, { requireSingleIntegration: true })).toEqual([
      'require_single_integration',
    ]);
    expect(rules({ integrations: ['AWS', 'AWS'] }, { requireSingleIntegration: true })).toEqual([]);
    expect(rules({ integrations: null }, { requireSingleIntegration: true })).toEqual([]);
  });

  it('max_entitlements: counts direct and inherited grants, each once', () => {
    expect(rules({ entitlements: two, effectiveCount: 2 }, { maxEntitlements: 2 })).toEqual([]);
    expect(rules({ entitlements: two, effectiveCount: 3 }, { maxEntitlements: 2 })).toEqual(['max_entitlements']);
    expect(rules({ entitlements: two, effectiveCount: null }, { maxEntitlements: 1 })).toEqual(['max_entitlements']);
    expect(rules({ entitlements: [...two, ...two], effectiveCount: null }, { maxEntitlements: 2 })).toEqual([]);
    expect(rules({ effectiveCount: 1_000 }, { maxEntitlements: null })).toEqual([]);
    expect(rules({ effectiveCount: 1_000 }, { maxEntitlements: 0 })).toEqual([]);
    const over = typeRuleViolations(
      { ...plain, entitlements: two, effectiveCount: 5 },
      profileType('t', { maxEntitlements: 1 }),
    );
    expect(over[0]?.description).toBe('type "t" allows 1 grant, but it has 5 (2 direct, 3 only inherited)');
  });

  it('no_entitlements: neither direct grants nor parents', () => {
    expect(rules({ entitlements: two }, { noEntitlements: true })).toEqual(['no_entitlements']);
    expect(rules({ parentCount: 1 }, { noEntitlements: true })).toEqual(['no_entitlements']);
  });

  it('allow_overwrite_of_access_request_policy: no other policy than the one the type names', () => {
    const fixed = { accessRequestPolicyId: 'pol', allowOverwriteOfAccessRequestPolicy: false };
    const rule = ['allow_overwrite_of_access_request_policy'];
    expect(rules({ accessRequestPolicyIds: [null, 'own'] }, fixed)).toEqual(rule);
    expect(rules({ accessRequestPolicyIds: ['pol', null, ''] }, fixed)).toEqual([]);
    expect(rules({ accessRequestPolicyIds: ['own'] }, { ...fixed, allowOverwriteOfAccessRequestPolicy: true })).toEqual(
      [],
    );
    expect(rules({ accessRequestPolicyIds: ['own'] }, { ...fixed, accessRequestPolicyId: null })).toEqual([]);
  });

  it('profile_type: a type that is named but not known; nothing if no type is named', () => {
    expect(typeRuleViolations(plain, null)).toEqual([
      { rule: 'profile_type', description: 'its type t is not among the types the API returns' },
    ]);
    expect(typeRuleViolations({ ...plain, typeId: null }, null)).toEqual([]);
  });

  it('reports each rule once, and never more rules when a type allows more', () => {
    const subjects = fc.record({
      entitlements: fc.subarray([...two, ...two]),
      parentCount: fc.constant(2),
      parents: fc.array(fc.constantFrom('t', 'u', null).map((typeId) => profile('p', { typeId }))),
      integrations: fc.subarray(['AWS', 'OKTA']),
      effectiveCount: fc.nat({ max: 5 }),
      accessRequestPolicyIds: fc.subarray(['pol', 'own', null]),
    });
    const types = fc.record({
      allowInheritEntities: fc.boolean(),
      allowInheritedFromTypeIds: fc.subarray(['t', 'u']),
      allowCreateRelationships: fc.boolean(),
      requireSingleDatasource: fc.boolean(),
      requireSingleIntegration: fc.boolean(),
      maxEntitlements: fc.option(fc.nat({ max: 4 })),
      noEntitlements: fc.boolean(),
    });
    fc.assert(
      fc.property(subjects, types, (subject, type) => {
        const broken = rules(subject, type);
        expect(new Set(broken).size).toBe(broken.length);
        for (const looser of [
          { ...type, noEntitlements: false },
          { ...type, allowCreateRelationships: true },
          { ...type, maxEntitlements: null },
          { ...type, requireSingleDatasource: false },
        ]) {
          expect(broken).toEqual(expect.arrayContaining(rules(subject, looser)));
        }
      }),
    );
  });
});
