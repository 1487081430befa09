import { globalId, idOf } from '../../model/node-id.ts';
import { builder } from '../builder.ts';
import { calls, ownCall } from '../field-cost.ts';
import { AccessRequestRef, NodeRef } from '../refs.ts';

AccessRequestRef.implement({
  description: 'Access request: an order to provision access or to remove it, such as a change of members creates.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.id({
      description: 'Global id of the access request, such as "AccessRequest:5a1c…".',
      resolve: ({ requestId }) => globalId('AccessRequest', requestId),
    }),
    requestId: t.exposeString('requestId', { description: 'Id of the access request in the Veza API.' }),
    state: t.exposeString('state', {
      cost: ownCall,
      nullable: true,
      description:
        'State of the request, as named by the Veza API, such as "WAITING_FOR_APPROVAL"; null if it reports none. Its documentation does not say which states are final.',
    }),
    errorMessages: t.exposeStringList('errorMessages', {
      cost: ownCall,
      description: 'Error messages of the request and of its plans; empty if there is none so far.',
    }),
  }),
});

builder.queryField('accessRequest', (t) =>
  t.field({
    type: AccessRequestRef,
    nullable: true,
    cost: calls(1),
    description:
      'Access request with an id, as it is now; null if the Veza API does not return it to your key. Ask again later for its progress.',
    args: {
      id: t.arg.id({ required: true, description: 'Global id of the access request, or its id in the Veza API.' }),
    },
    resolve: (_root, { id }, { loaders }) => loaders.accessRequests.load(idOf('AccessRequest', id, 'id')),
  }),
);
