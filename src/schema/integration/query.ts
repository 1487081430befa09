import { builder, nullOnlyOnError } from '../builder.ts';

builder.queryField('integrations', (t) =>
  t.stringList({
    ...nullOnlyOnError,
    cost: { once: 'integrations' },
    description:
      'Integrations in which access profiles can grant access, such as "SALESFORCE". The list can grow when the Veza API adds integrations.',
    resolve: (_root, _args, { loaders }) => loaders.integrations(),
  }),
);
