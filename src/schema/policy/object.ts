import type { Loaders } from '../../loaders/index.ts';
import type { LifecyclePolicy } from '../../model/neighbours.ts';
import { globalId, idOf } from '../../model/node-id.ts';
import type { Profile } from '../../model/profile.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { listOf, policyScalar } from '../field-cost.ts';
import { AccessProfileRef, DatasourceRef, LifecyclePolicyRef, NodeRef } from '../refs.ts';

const scalar = { cost: policyScalar, needs: 'policies' } as const;

LifecyclePolicyRef.implement({
  description:
    'Lifecycle policy: workflows that give access profiles to the identities of a source, such as all employees.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Global id of the policy, such as "LifecyclePolicy:7fbc3710-…".',
      resolve: ({ policyId }) => globalId('LifecyclePolicy', policyId),
    }),
    policyId: t.exposeString('policyId', { description: 'Id of the policy in the Veza API.' }),
    name: t.exposeString('name', { ...scalar, nullable: true, description: 'Name of the policy.' }),
    description: t.exposeString('description', { ...scalar, nullable: true, description: 'Purpose of the policy.' }),
    state: t.exposeString('state', {
      ...scalar,
      nullable: true,
      description: 'Lifecycle state of the policy, as named by the Veza API, such as "RUNNING".',
    }),
    currentVersionNumber: t.exposeInt('currentVersionNumber', {
      ...scalar,
      nullable: true,
      description: 'Number of the current (published) version; null if no version is published.',
    }),
    draftVersionNumber: t.exposeInt('draftVersionNumber', {
      ...scalar,
      nullable: true,
      description: 'Number of the draft version; null if there is no draft.',
    }),
    sourceEntityType: t.exposeString('sourceEntityType', {
      ...scalar,
      nullable: true,
      description: 'Type of the records that the policy applies to, such as "OktaUser".',
    }),
    datasources: t.field({
      ...nullOnlyOnError,
      type: [DatasourceRef],
      cost: { ...listOf(2), onceFor: () => ['policies', 'datasources'] },
      needs: ['policies', 'datasources'],
      description:
        'Data sources whose identities the policy applies to. Data sources that the Veza API does not return to your key are left out.',
      resolve: async (policy, _args, { loaders }) => {
        const ids = policy.datasourceIds;
        const found = await Promise.all(ids.map((id) => loaders.datasources.reference(id)));
        return found.filter((datasource) => datasource !== null);
      },
    }),
    accessProfiles: t.field({
      ...nullOnlyOnError,
      type: [AccessProfileRef],
      cost: { ...listOf(10), profilesById: () => 10, onceFor: () => ['policies', 'scan'] },
      needs: 'policies',
      description:
        'Access profiles that the policy uses, without profiles that it gives by inheritance. Profiles that the Veza API does not return to your key are left out. If the Veza API lists none, the gateway looks for ids of profiles in the actions of the policy, which requires one scan of all profiles.',
      resolve: (policy, _args, { loaders }) => profilesUsedBy(policy, loaders),
    }),
  }),
});

async function profilesUsedBy(
  { usedProfileIds, configuredTexts }: LifecyclePolicy,
  { profiles, inheritance }: Loaders,
): Promise<readonly Profile[]> {
  if (usedProfileIds.length > 0) return profiles.loadMany(usedProfileIds);
  if (configuredTexts.size === 0) return [];
  // Not looked up by id: the texts may be anything, and would stand in the URL of a call.
  const { hierarchy } = await inheritance.whole();
  return hierarchy.profiles.filter(({ profileId }) => configuredTexts.has(profileId));
}

builder.queryFields((t) => ({
  lifecyclePolicies: t.field({
    ...nullOnlyOnError,
    type: [LifecyclePolicyRef],
    cost: { ...listOf(10), once: 'policies' },
    needs: 'policies',
    description: 'Lifecycle policies, in the order of the Veza API.',
    resolve: (_root, _args, { loaders }) => loaders.policies.all(),
  }),
  lifecyclePolicy: t.field({
    type: LifecyclePolicyRef,
    nullable: true,
    cost: { once: 'policies' },
    needs: 'policies',
    description: 'Lifecycle policy with an id; null if the Veza API does not return it to your key.',
    args: {
      id: t.arg.id({ required: true, description: 'Global id of the policy, or its id in the Veza API.' }),
    },
    resolve: (_root, { id }, { loaders }) => loaders.policies.load(idOf('LifecyclePolicy', id, 'id')),
  }),
}));
