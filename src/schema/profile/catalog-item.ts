import { CatalogItemRef } from '../refs.ts';

CatalogItemRef.implement({
  description: 'How a profile appears in the catalog of Access Hub, where people request access.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: true, description: 'The title on its card.' }),
    description: t.exposeString('description', { nullable: true, description: 'The text on its card.' }),
    markdownDescription: t.exposeString('markdownDescription', {
      nullable: true,
      description: 'The same text as Markdown.',
    }),
    icon: t.exposeString('icon', { nullable: true, description: 'The picture on its card.' }),
    recommended: t.exposeBoolean('recommended', { nullable: true, description: 'Whether it is recommended.' }),
  }),
});
