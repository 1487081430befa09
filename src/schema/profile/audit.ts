import { UserInputError } from '../../errors.ts';
import type { AuditEntry } from '../../model/neighbours.ts';
import { builder, nullOnlyOnError } from '../builder.ts';
import { calls, listOf } from '../field-cost.ts';
import { AccessProfileRef } from '../refs.ts';

const AuditEntryRef = builder.objectRef<AuditEntry>('AuditEntry').implement({
  description: "Change of an access profile, from the tenant's audit log.",
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'Time when the Veza API answered the change.' }),
    userId: t.exposeString('userId', { nullable: true, description: 'Id of the user who made the change.' }),
    action: t.exposeString('action', { description: 'What was called, in the words of the Veza API.' }),
    requestId: t.exposeString('requestId', { nullable: true, description: 'Id of the request in the Veza API.' }),
  }),
});

const daysBack = 90;
const millisecondsPerDay = 86_400_000;
/** The clocks of the gateway and of the API may differ. */
const marginMs = 60_000;

builder.objectField(AccessProfileRef, 'auditEntries', (t) =>
  t.field({
    ...nullOnlyOnError,
    type: [AuditEntryRef],
    cost: calls(2, listOf(10)),
    description:
      "Changes of the profile and its versions from the tenant's audit log, newest first; its creation is not among them. Fails with FORBIDDEN if your key may not read the audit log, and with NOT_SUPPORTED if the Veza API has none. A long log costs many requests to the Veza API.",
    args: {
      since: t.arg({
        type: 'DateTime',
        description: `Time of the oldest change; at most ${daysBack} days back, which is also the default.`,
      }),
    },
    resolve: ({ profileId }, { since }, { loaders }) => loaders.audit.changesOf(profileId, startOf(since ?? null)),
  }),
);

function startOf(since: string | null): string {
  const earliest = Date.now() - daysBack * millisecondsPerDay;
  // The same for all fields of an operation, so that they share what is read.
  if (since === null) return new Date(Math.ceil((earliest + marginMs) / marginMs) * marginMs).toISOString();
  if (Date.parse(since) >= earliest) return since;
  throw new UserInputError('since', `since: the audit log reaches back ${daysBack} days.`);
}
