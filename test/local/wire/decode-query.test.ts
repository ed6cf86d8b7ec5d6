import {expect, it} from 'vitest';
import {list, string, structure} from '../../../src/local/shape.ts';
import {decodeQuery} from '../../../src/local/wire/decode-query.ts';
import {readQuery} from '../../../src/local/wire/request.ts';

const shape = structure({RoleName: string, Names: list(string)});
const decode = (text: string) =>
  decodeQuery(shape, readQuery(text), {operation: 'GetRole', path: '', invalidCode: 'ValidationError'});

it('takes a list with or without its wrapper', () => {
  expect(decode('Names.member.1=a&Names.member.2=b')).toEqual(decode('Names.1=a&Names.2=b'));
});

it.each(['RoleName=a&RoleName=b', 'Names=&Names.1=a', 'Names.1=a&Names=b'])(
  'refuses %s, which says one thing twice',
  text => {
    expect(() => decode(text)).toThrow('is given more than once');
  },
);
