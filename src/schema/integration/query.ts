import { builder, nullOnlyOnError } from '../builder.ts';

builder.queryField('integrations', (t) =>
  t.stringList({
    ...nullOnlyOnError,
    description: 'Integrations that access profiles can grant access in, such as "SALESFORCE". The API can add more.',
    resolve: (_root, _args, { loaders }) => loaders.integrations(),
  }),
);
