/** What the first tab holds when the page is opened for the first time. Short lines: the editor is narrow beside an open panel. */
export const firstQuery = `# Profiles and those they inherit from.
#
# Run: the pink button, or Ctrl-Enter.
# Then open a panel on the left:
#   Inheritance draws the answer,
#   Questions has more to ask.
#
# Against a tenant, under Headers:
#   { "Authorization": "Bearer …" }

query FirstProfiles {
  accessProfiles(first: 10) {
    nodes {
      id
      name
      state
      type {
        name
      }
      inheritsFrom {
        id
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;
