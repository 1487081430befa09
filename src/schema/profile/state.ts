import { builder } from '../builder.ts';

export const AccessProfileStateRef = builder.enumType('AccessProfileState', {
  description:
    'Lifecycle state of an access profile. The gateway reports a value that it does not know as UNRECOGNIZED, never as an error.',
  values: {
    INITIAL: { description: 'The profile is new and not active yet.' },
    RUNNING: {
      description: 'The profile is active: the entitlements of its published version are provisioned to its members.',
    },
    PAUSED: { description: 'The profile is stopped. Its configuration is kept.' },
    DRY_RUN: { description: 'The profile shows the changes that it would make, and makes none.' },
    PENDING: {
      description:
        'The profile is not started yet. Most likely it waits for an approval; the Veza API does not document the reason.',
    },
    UNRECOGNIZED: { description: 'The profile has a state that this gateway does not know.' },
  } as const,
});
