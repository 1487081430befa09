import { Lexer, Source, TokenKind } from 'graphql';
import type { Limits } from '../../config.ts';
import { refusal } from './refusal.ts';

/** Maximum nesting of braces. The parser is recursive, and runs out of stack far above this. */
const maxNesting = 200;

/**
 * Counts the tokens of a document before it is parsed, and stops at the first one beyond a limit. Throws a refusal, or the syntax
 * error of graphql.
 */
export function scan(text: string, { MAX_TOKENS, MAX_DIRECTIVES, MAX_INPUT_DEPTH }: Limits): void {
  const lexer = new Lexer(new Source(text));
  let tokens = 0;
  let directives = 0;
  let nesting = 0;
  // Braces within parentheses belong to arguments, those outside to selections.
  let inArguments = false;
  let inputDepth = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    tokens++;
    if (tokens > MAX_TOKENS) throw refusal('MAX_TOKENS', `The document has more than ${MAX_TOKENS} tokens`);
    switch (token.kind) {
      case TokenKind.AT:
        directives++;
        if (directives > MAX_DIRECTIVES) {
          throw refusal('MAX_DIRECTIVES', `The document has more than ${MAX_DIRECTIVES} directives`);
        }
        break;
      case TokenKind.PAREN_L:
        inArguments = true;
        inputDepth = 0;
        break;
      case TokenKind.PAREN_R:
        inArguments = false;
        break;
      case TokenKind.BRACE_L:
      case TokenKind.BRACKET_L:
        nesting++;
        if (nesting > maxNesting) throw refusal('MAX_DEPTH', `The document nests braces ${nesting} times`);
        if (inArguments) inputDepth++;
        if (inputDepth > MAX_INPUT_DEPTH)
          throw refusal('MAX_INPUT_DEPTH', `An argument nests values ${inputDepth} times`);
        break;
      case TokenKind.BRACE_R:
      case TokenKind.BRACKET_R:
        nesting--;
        if (inArguments) inputDepth--;
        break;
    }
  }
}
