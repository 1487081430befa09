/**
 * Opens or closes the explorer by GraphiQL's own button. GraphiQL's action shows or hides the panel alone, and leaves the pane that holds
 * it as it was: empty beside the editors, or out of sight.
 */
export function pressPanelButton(verb: 'Show' | 'Hide'): void {
  document.querySelector<HTMLElement>(`.graphiql-sidebar [aria-label="${verb} Inheritance"]`)?.click();
}
