// Before graphql is loaded: outside of production it checks each type more thoroughly, and is slower for it.
process.env['NODE_ENV'] ??= 'production';
await import('./measure.ts');
