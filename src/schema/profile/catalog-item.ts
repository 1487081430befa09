import { CatalogItemRef } from '../refs.ts';

CatalogItemRef.implement({
  description: 'Catalog item: how a profile appears in the catalog of Access Hub, where people request access.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: true, description: 'Title on the catalog card.' }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'Text on the catalog card, without formatting.',
    }),
    markdownDescription: t.exposeString('markdownDescription', {
      nullable: true,
      description: 'Text on the catalog card, as Markdown.',
    }),
    icon: t.exposeString('icon', { nullable: true, description: 'Picture on the catalog card.' }),
    recommended: t.exposeBoolean('recommended', {
      nullable: true,
      description: 'Whether the catalog recommends the profile.',
    }),
  }),
});
