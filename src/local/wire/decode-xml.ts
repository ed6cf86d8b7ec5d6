import {isObject} from '../../model/is-object.ts';
import {ServiceError} from '../service-error.ts';
import type {Shape} from '../shape.ts';
import {decodeMembers} from './decode-members.ts';
import {decodeText, invalid, type Place, within} from './decode-text.ts';

/** An XML document's root element as the operation takes it. */
export async function decodeXml(shape: Shape, text: string, place: Place): Promise<unknown> {
  // Loaded when the first document comes: of all services only S3 takes XML.
  const {XMLParser, XMLValidator} = await import('fast-xml-parser');
  if (XMLValidator.validate(text) !== true) throw malformed();
  const parser = new XMLParser({
    ignoreAttributes: true,
    // For numeric references such as &#x0D;.
    htmlEntities: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    removeNSPrefix: true,
    trimValues: false,
  });
  const document: unknown = parser.parse(text);
  const roots = Object.entries(document as object).filter(([name]) => name !== '#text');
  if (roots.length !== 1) throw malformed();
  return decode(shape, roots[0]![1], place);
}

function malformed(): ServiceError {
  return new ServiceError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

function decode(shape: Shape, value: unknown, place: Place): unknown {
  switch (shape.kind) {
    case 'structure':
      return decodeMembers(shape.members, children(value, place), place, decode);
    case 'list': {
      if (shape.item === undefined)
        return list(value).map((item, index) => decode(shape.member, item, nth(place, index)));
      const [wrapped, ...others] = children(value, place);
      if (wrapped === undefined) return [];
      if (others.length > 0 || wrapped[0] !== shape.item) return invalid(place, `a list of ${shape.item}`, wrapped[0]);
      return list(wrapped[1]).map((item, index) => decode(shape.member, item, nth(place, index)));
    }
    case 'map':
      return Object.fromEntries(
        children(value, place).map(([name, item]) => [name, decode(shape.value, item, within(place, name))]),
      );
    default:
      return typeof value === 'string' ? decodeText(shape, value, place) : invalid(place, `one ${shape.kind}`, value);
  }
}

function nth(place: Place, index: number): Place {
  return within(place, String(index + 1));
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Child elements without the white space between them. */
function children(value: unknown, place: Place): [string, unknown][] {
  if (typeof value === 'string') return value.trim() === '' ? [] : invalid(place, 'elements', value);
  if (!isObject(value)) return invalid(place, 'one element', value);
  return Object.entries(value).filter(([name]) => name !== '#text');
}
