import { UpstreamError } from '../../errors.ts';
import { descendants } from '../../inheritance/graph/walk.ts';
import { type LifecyclePolicy, namesProfile } from '../../model/neighbours.ts';
import type { Profile } from '../../model/profile.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import type { Context } from '../context.ts';
import type { Arguments } from '../field-options.ts';
import { AccessProfileRef, LifecyclePolicyRef } from '../refs.ts';
import { onHierarchy } from '../snapshot.ts';

interface PolicyUse {
  readonly policy: LifecyclePolicy;
  readonly workflows: readonly string[];
  readonly through: Profile | null;
}

const PolicyUseRef = builder.objectRef<PolicyUse>('PolicyUse').implement({
  description: 'Lifecycle policy that gives a profile to people.',
  fields: (t) => ({
    policy: t.expose('policy', { type: LifecyclePolicyRef, description: 'Policy that uses the profile.' }),
    workflows: t.exposeStringList('workflows', {
      description:
        'Names of the workflows whose actions name the profile. Empty if the configuration of the policy does not show it.',
    }),
    through: t.expose('through', {
      type: AccessProfileRef,
      nullable: true,
      description:
        'Profile that the policy names, if that profile inherits from the one that was asked about; null if the policy names the profile itself.',
    }),
  }),
});

const isInherited = ({ includeInherited }: Arguments) => includeInherited === true;

builder.objectField(AccessProfileRef, 'usedByPolicies', (t) =>
  t.field({
    ...nullOnlyOnError,
    type: [PolicyUseRef],
    cost: {
      size: (args) => (isInherited(args) ? 10 : 3),
      onceFor: (args) => (isInherited(args) ? ['policies', 'scan'] : ['policies']),
    },
    needs: (args) => (isInherited(args) ? ['policies', 'wantsWhole'] : 'policies'),
    description:
      'Lifecycle policies that give the profile to people, in every state of the policy. Fails if the Veza API reports that a policy uses the profile and returns no such policy to your key.',
    args: {
      includeInherited: t.arg.boolean({
        defaultValue: false,
        description:
          'Whether policies that use a descendant of the profile are returned as well. Default: false. True requires one scan of all profiles.',
      }),
    },
    resolve: async (profile, { includeInherited }, context) => {
      const { policies } = context.loaders;
      const [known, given] = await Promise.all([
        policies.references(),
        includeInherited ? withDescendants(profile, context) : [profile],
      ]);
      const uses = usesOf(given, known, profile) ?? usesOf(given, await policies.all(), profile);
      if (uses === null) throw incomplete(profile);
      context.resultLimit.spend(uses.length);
      return uses;
    },
  }),
);

function withDescendants(profile: Profile, context: Context) {
  return onHierarchy(context, profile, 'down', Number.POSITIVE_INFINITY, (hierarchy, node) => [
    profile,
    ...descendants(hierarchy.graphBelow([node]), node).map((each) => hierarchy.profileOf(each.node)),
  ]);
}

/** The uses of some profiles, the one that was asked about first; null where the API says that a profile is used, and no policy names it. */
function usesOf(
  profiles: readonly Profile[],
  policies: readonly LifecyclePolicy[],
  asked: Profile,
): readonly PolicyUse[] | null {
  const uses: PolicyUse[] = [];
  for (const profile of profiles) {
    const using = policies.filter((policy) => namesProfile(policy, profile.profileId));
    if (using.length === 0 && profile.usedByWorkflow === true) return null;
    for (const policy of using) {
      const workflows = policy.configuredTexts.get(profile.profileId) ?? [];
      uses.push({ policy, workflows, through: profile === asked ? null : profile });
    }
  }
  return uses;
}

function incomplete({ profileId }: Profile): UpstreamError {
  return new UpstreamError(
    'UPSTREAM_INVALID_RESPONSE',
    `The Veza API reports that a lifecycle policy uses profile ${profileId} or one that inherits from it, but returns no such policy to your key, so the list of policies would be incomplete.`,
    {},
  );
}
