type SubPiece = {readonly kind: 'text'; readonly text: string} | {readonly kind: 'name'; readonly name: string};

/**
 * A Fn::Sub template in its pieces: `${Name}` and `${Name.Attribute}` are names, `${!Literal}` is the text `${Literal}`.
 * A `${` without its `}` is text, as AWS takes it.
 */
export function subPieces(template: string): readonly SubPiece[] {
  const pieces: SubPiece[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf('${', at);
    const close = open < 0 ? -1 : template.indexOf('}', open);
    if (close < 0) break;
    if (open > at) pieces.push({kind: 'text', text: template.slice(at, open)});
    const name = template.slice(open + 2, close).trim();
    pieces.push(name.startsWith('!') ? {kind: 'text', text: `\${${name.slice(1)}}`} : {kind: 'name', name});
    at = close + 1;
  }
  if (at < template.length) pieces.push({kind: 'text', text: template.slice(at)});
  return pieces;
}
