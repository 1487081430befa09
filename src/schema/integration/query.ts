import { builder, nullOnlyOnError } from '../builder.ts';

builder.queryField('integrations', (t) =>
  t.stringList({
    ...nullOnlyOnError,
    description: 'The integrations that access profiles can grant access in, such as "SALESFORCE"; an open set.',
    resolve: (_root, _args, { loaders }) => loaders.integrations(),
  }),
);
