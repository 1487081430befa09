/** A body as text: UTF-8, without the mark that some servers put before it (RFC 8259 §8.1 lets parsers ignore it). */
export function textOf(body: Buffer): string {
  const hasMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return body.toString('utf8', hasMark ? 3 : 0);
}
