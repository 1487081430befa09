const here = new URL('.', import.meta.url);

/** Folder of the built page, as a file URL: `index.html` and `assets/`. The same whether this runs from `src/` or from `dist/`. */
export const pageLocation = here.pathname.endsWith('/src/graphiql/') ? new URL('../../dist/graphiql/', here) : here;
