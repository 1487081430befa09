/** The text of schema.graphql, for bundlers that import the file as text: only the type of it is built. */
declare const text: string;
export default text;
