import type { ProfileType } from '../../model/profile-type.ts';
import { createProfileType } from '../../mutations/creation.ts';
import { builder } from '../builder.ts';
import { calls } from '../field-cost.ts';
import { mutationResult } from '../mutation.ts';
import { AccessProfileTypeRef } from '../refs.ts';
import { CreateAccessProfileTypeInputRef } from './input.ts';

interface Payload {
  readonly accessProfileType: ProfileType;
}

const PayloadRef = builder.objectRef<Payload>('CreateAccessProfileTypePayload').implement({
  description: 'Result of creating an access profile type.',
  fields: (t) => ({
    accessProfileType: t.expose('accessProfileType', {
      type: AccessProfileTypeRef,
      description: 'Access profile type that was created.',
    }),
  }),
});

const result = mutationResult(PayloadRef);

builder.mutationField('createAccessProfileType', (t) =>
  t.field({
    ...result.field,
    cost: calls(1),
    description: 'Creates an access profile type.',
    args: { input: t.arg({ type: CreateAccessProfileTypeInputRef, required: true, description: 'Type to create.' }) },
    resolve: result.resolve(async (session, input) => ({ accessProfileType: await createProfileType(session, input) })),
  }),
);
