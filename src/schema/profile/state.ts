import { builder } from '../builder.ts';

export const AccessProfileStateRef = builder.enumType('AccessProfileState', {
  description:
    'What an access profile is doing. A value that this gateway does not know yet is reported as UNRECOGNIZED, never as an error.',
  values: {
    INITIAL: { description: 'New and not active yet.' },
    RUNNING: { description: 'Active: the grants of its published version are provisioned to its members.' },
    PAUSED: { description: 'Stopped; its configuration is kept.' },
    DRY_RUN: { description: 'Shows what it would do, and does nothing.' },
    PENDING: { description: 'Not started yet; the API does not say more. Most likely it waits for an approval.' },
    UNRECOGNIZED: { description: 'A state that this gateway does not know.' },
  } as const,
});
